import type { ComponentProps } from "react";
import { BackLink } from "@/components/ui/back-link";
import { PageHeader } from "@/components/ui/page-header";
import { thingPath } from "@/lib/paths";
import { ShareBoard } from "./share-board";

/** The Share dialog as a page of its own. */
export function SharePage(board: ComponentProps<typeof ShareBoard>) {
  const { thing, access } = board;
  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-6">
      <BackLink href={thingPath(thing)}>{access.name}</BackLink>
      <PageHeader title={access.mayShare ? "Share" : "Who has access"} lead={access.name} />
      <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-lift">
        <ShareBoard {...board} isPage />
      </div>
    </div>
  );
}
