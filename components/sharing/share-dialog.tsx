import type { ComponentProps } from "react";
import { crumbOf } from "@/components/portal/crumbs";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { RouteOverlay } from "@/components/ui/route-overlay";
import { sharePath, thingPath } from "@/lib/paths";
import { ShareBoard } from "./share-board";

/** The Share dialog as an overlay over the previous page. */
export function ShareOverlay(board: ComponentProps<typeof ShareBoard>) {
  const { thing, access } = board;
  return (
    <RouteOverlay
      path={sharePath(thing)}
      title={access.mayShare ? "Share" : "Who has access"}
      lead={access.name}
      width="max-w-3xl"
    >
      <ShareBoard {...board} />
    </RouteOverlay>
  );
}

/** The Share dialog as a page of its own. */
export function SharePage(board: ComponentProps<typeof ShareBoard>) {
  const { thing, access } = board;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <BackLink href={thingPath(thing)} within={[crumbOf(thing)]}>
        {access.name}
      </BackLink>
      <PageHeader title={access.mayShare ? "Share" : "Who has access"} lead={access.name} />
      <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-lift">
        <ShareBoard {...board} isPage />
      </div>
    </div>
  );
}
