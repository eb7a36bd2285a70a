import { type Direction, endpointTabs, runPath } from "@/lib/paths";
import type { RunSummary } from "./types";

/** What a run belongs to. */
export function directionOfRun({ kind }: Pick<RunSummary, "kind">): Direction {
  return kind === "read" ? "source" : "destination";
}

/** The page of a run, and of the runs beside it. */
export function runPages(run: Pick<RunSummary, "id" | "endpointId" | "kind">) {
  const direction = directionOfRun(run);
  return {
    run: runPath(direction, run.endpointId, run.id),
    all: endpointTabs(direction, run.endpointId).runs,
  };
}
