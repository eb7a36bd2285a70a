import type { ComponentProps } from "react";
import { RouteOverlay } from "@/components/ui/route-overlay";
import { sharePath } from "@/lib/paths";
import { ShareBoard } from "./share-board";

/** The Share dialog over the page one comes from. */
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
