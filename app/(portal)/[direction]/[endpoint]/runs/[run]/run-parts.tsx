import { PartList } from "@/components/runs/part-list";
import { isActive } from "@/components/runs/run-looks";
import type { Actor } from "@/lib/actor";
import { database } from "@/lib/db/client";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { type PageParameters, parseKeyStart } from "@/lib/paging";
import { pagePaths, runPath } from "@/lib/paths";
import { listRunPartitions } from "@/lib/runs/queries";
import { type PartState, partStates, type RunSummary } from "@/lib/runs/types";

type Props = {
  actor: Actor;
  source: EndpointSummary;
  run: RunSummary;
  given: PageParameters & { readonly parts?: string | undefined };
};

/** The parts of a source's run, as its address narrows them down. */
export async function RunParts({ actor, source, run, given }: Props) {
  const { parts } = given;
  const state = parts === undefined ? toTell(run) : (partStates.find((known) => known === parts) ?? null);
  const start = parseKeyStart(given);
  const page = await listRunPartitions(await database(), actor, run.id, { state, start });
  const path = runPath("source", source.id, run.id);
  return (
    <PartList
      path={path}
      connector={source.connector}
      state={state}
      counts={run.parts}
      parts={page.items}
      pages={pagePaths(path, page, { parts: state ?? "all" })}
    />
  );
}

// What failed or was skipped comes first, once the run is over.
function toTell({ state, parts }: RunSummary): PartState | null {
  if (isActive(state)) return null;
  if (parts.failed > 0) return "failed";
  return parts.skipped > 0 ? "skipped" : null;
}
