import { PartList } from "@/components/runs/part-list";
import { isActive } from "@/components/runs/run-looks";
import type { Actor } from "@/lib/actor";
import { database } from "@/lib/db/client";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { runPath } from "@/lib/paths";
import { listRunPartitions } from "@/lib/runs/queries";
import { type PartState, partStates, type RunSummary } from "@/lib/runs/types";

type Props = {
  actor: Actor;
  source: EndpointSummary;
  run: RunSummary;
  given: { readonly parts?: string | undefined; readonly after?: string | undefined };
};

/** The parts of a source's run, as its address narrows them down. */
export async function RunParts({ actor, source, run, given: { parts, after: from } }: Props) {
  const state = parts === undefined ? toTell(run) : (partStates.find((known) => known === parts) ?? null);
  const after = /^\d{1,15}$/.test(from ?? "") ? Number(from) : null;
  const page = await listRunPartitions(await database(), actor, run.id, { state, after });
  const path = runPath("source", source.id, run.id);
  const query = (next: number) => new URLSearchParams({ parts: state ?? "all", after: String(next) });
  return (
    <PartList
      path={path}
      connector={source.connector}
      state={state}
      counts={run.parts}
      parts={page.items}
      next={page.next === null ? null : `${path}?${query(page.next)}`}
    />
  );
}

// What failed or was skipped comes first, once the run is over.
function toTell({ state, parts }: RunSummary): PartState | null {
  if (isActive(state)) return null;
  if (parts.failed > 0) return "failed";
  return parts.skipped > 0 ? "skipped" : null;
}
