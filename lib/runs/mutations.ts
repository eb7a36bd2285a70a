import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { activeRunStates, endpoints, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { Db } from "@/lib/db/types";
import { requireEndpointRight } from "@/lib/endpoints/require-right";
import { visibleTo } from "@/lib/endpoints/visibility";
import { AppError, notFound } from "@/lib/errors";
import { countsOf } from "./counts";
import { insertRun } from "./new-run";
import { runIdSchema } from "./schema";
import { cancelNow, markCancelWanted } from "./transitions";

type Requested = { readonly runId: string; readonly isNew: boolean };

/**
 * Requests a run of a source, or meets the one that is active. It goes on where a run before it stopped; `all` begins
 * anew. NOT_FOUND and NOT_ALLOWED as for every write; CONFLICT while the source is paused.
 */
export async function requestRun(
  db: Db,
  actor: Actor,
  sourceId: string,
  mode: "new" | "all",
): Promise<Requested> {
  return changeWith(db, actor, async (tx) => {
    // Locks the source: a second press waits, and then meets this run.
    const source = await requireEndpointRight(tx, actor, sourceId, "operate");
    if (source.direction !== "source") throw notFound("source");
    if (source.pausedAt) throw new AppError(paused);
    const [active] = await tx
      .select({ id: runs.id })
      .from(runs)
      .where(and(eq(runs.endpointId, sourceId), inArray(runs.state, activeRunStates)));
    if (active) return unchanged<Requested>({ runId: active.id, isNew: false });
    const trigger = actor.origin.via === "schedule" ? "schedule" : "user";
    const run = await insertRun(tx, { endpointId: sourceId, mode, trigger, requestedBy: actor.userId });
    return changed<Requested>(
      {
        event: "run.requested",
        subjectId: sourceId,
        details: { runId: run.id, name: source.name, mode: run.mode, trigger },
      },
      { runId: run.id, isNew: true },
    );
  });
}

/**
 * Cancels a run: at once if nobody works on it, else after the page that is being read. A run that has ended stays as
 * it is. NOT_FOUND and NOT_ALLOWED as for every write to its source.
 */
export async function cancelRun(db: Db, actor: Actor, runId: string): Promise<void> {
  if (!runIdSchema.safeParse(runId).success) throw notFound("run");
  await changeWith(db, actor, async (tx) => {
    const [found] = await tx
      .select({ sourceId: runs.endpointId })
      .from(runs)
      .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
      .where(and(eq(runs.id, runId), visibleTo(actor)));
    if (!found) throw notFound("run");
    const { sourceId } = found;
    const { name } = await requireEndpointRight(tx, actor, sourceId, "operate");
    const cancelled = { event: "run.cancelled", subjectId: sourceId, details: { runId, name } } as const;
    const ended = await cancelNow(tx, runId);
    if (ended) {
      const details = { runId, name, state: "cancelled", reason: "by-user", ...countsOf(ended) } as const;
      return changed([cancelled, { event: "run.ended", subjectId: sourceId, details }]);
    }
    return (await markCancelWanted(tx, runId)) ? changed(cancelled) : unchanged();
  });
}

const paused = {
  code: "CONFLICT",
  message: "This source is paused, so it does not run. Activate it first.",
} as const;
