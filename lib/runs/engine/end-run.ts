import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import { endpoints, runs } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { bookkeep } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import type { Db, Tx } from "@/lib/db/types";
import { tellOwner } from "@/lib/notices/tell";
import { tellPaused, tellRunEnd } from "@/lib/notifications/telling/run";
import { countsOf } from "@/lib/runs/counts";
import type { RunReason } from "@/lib/runs/reasons";
import { holdRest, released } from "@/lib/runs/transitions";
import type { RunFacts } from "@/lib/runs/types";
import { type ClaimedRun, isHeld, mergedFacts, type Uncounted } from "./claim";

/** How a run ended. */
export type RunEnd = {
  readonly state: "succeeded" | "incomplete" | "failed" | "cancelled";
  readonly reason: RunReason | null;
  readonly facts?: RunFacts;
};

/** A schedule that fails so often in a row, for so long, pauses itself. */
const mostFailures = 20;
const failingDays = 2;

/** Ends a run with its audit event, and counts its source's failures. False if another process has it by now. */
export async function endRun(
  db: Db,
  run: ClaimedRun,
  owner: Actor | null,
  end: RunEnd,
  { calls, waitedMs }: Uncounted = { calls: 0, waitedMs: 0 },
): Promise<boolean> {
  return bookkeep<boolean>(db, async (tx) => {
    // Locked first, in the order of those who cancel or delete.
    const [source] = await tx
      .select({ name: endpoints.name })
      .from(endpoints)
      .where(eq(endpoints.id, run.endpointId))
      .for("update");
    const [ended] = await tx
      .update(runs)
      .set({
        ...released,
        state: end.state,
        reason: end.reason,
        facts: mergedFacts(end.facts ?? {}),
        calls: sql`${runs.calls} + ${calls}`,
        waitedMs: sql`${runs.waitedMs} + ${waitedMs}`,
        endedAt: sql`clock_timestamp()`,
      })
      .where(isHeld(run))
      .returning();
    if (!source || !ended) return { result: false, told: [] };
    const counted = await holdRest(tx, ended);
    const who = owner ?? nobody();
    const details = { runId: run.id, name: source.name, state: end.state, reason: end.reason };
    const event: AuditEvent = {
      event: "run.ended",
      subjectId: run.endpointId,
      details: { ...details, ...countsOf(counted) },
    };
    if (run.kind === "read" && hasBrought(ended)) await makeFollowersDue(tx, run.endpointId);
    await tellRunEnd(tx, { ...run, ...end, failure: end.facts?.failure ?? null });
    // A dry run is by hand only.
    const paused = run.kind === "dry-run" ? [] : await countFailures(tx, run.endpointId, end);
    return { result: true, told: [event, ...paused].map((one) => ({ who, event: one })) };
  });
}

async function countFailures(tx: Tx, endpointId: string, { state }: RunEnd): Promise<AuditEvent[]> {
  if (state === "cancelled") return [];
  const isIt = eq(endpoints.id, endpointId);
  if (state !== "failed") {
    await tx.update(endpoints).set({ failures: 0, failingSince: null }).where(isIt);
    return [];
  }
  await tx
    .update(endpoints)
    .set({
      failures: sql`${endpoints.failures} + 1`,
      failingSince: sql`coalesce(${endpoints.failingSince}, clock_timestamp())`,
    })
    .where(isIt);
  const [paused] = await tx
    .update(endpoints)
    .set({ pausedAt: sql`clock_timestamp()`, pausedBy: null, nextRunAt: null })
    .where(
      and(
        isIt,
        isNull(endpoints.pausedAt),
        sql`${endpoints.schedule}->>'kind' <> 'manual'`,
        sql`${endpoints.failures} >= ${mostFailures}`,
        sql`${endpoints.failingSince} <= clock_timestamp() - ${failingDays} * interval '1 day'`,
      ),
    )
    .returning({ name: endpoints.name, ownerId: endpoints.ownerId, failures: endpoints.failures });
  if (!paused) return [];
  const { name, ownerId, failures } = paused;
  await tellOwner(tx, ownerId, { kind: "schedule-paused", endpointId });
  await tellPaused(tx, endpointId, failures);
  return [{ event: "run.schedule-paused", subjectId: endpointId, details: { name, failures } }];
}

/** A run that was stopped before it brought anything is nothing to follow. */
function hasBrought({ state, added, changed }: ClaimedRun): boolean {
  return state === "succeeded" || state === "incomplete" || added + changed > 0;
}

/** The destinations that run after each run of this source; paused ones once they are active again. */
async function makeFollowersDue(tx: Tx, sourceId: string): Promise<void> {
  await tx
    .update(endpoints)
    .set({ nextRunAt: sql`clock_timestamp()` })
    .where(and(eq(endpoints.inputSourceId, sourceId), sql`${endpoints.schedule}->>'kind' = 'after-source'`));
}

// The owner is disabled: nobody acts any more.
function nobody(): Visitor {
  return { requestId: randomUUID(), origin: { via: "schedule", address: null } };
}
