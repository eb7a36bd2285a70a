import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { activeRunStates, deliveries, deliveryLedger, runs } from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Tx } from "@/lib/db/types";

type Row = typeof runs.$inferSelect;

/** True for the SQL of a run that no process works on now. */
const isFree = sql`(${runs.leaseUntil} is null or ${runs.leaseUntil} <= clock_timestamp())`;

/** What a run that has ended holds no more. */
export const released = { holder: null, leaseUntil: null, waitUntil: null } as const;

/** Ends a run that nobody works on; null if it has ended, or a process works on it. */
export async function cancelNow(tx: Tx, runId: string): Promise<Row | null> {
  const [row] = await tx
    .update(runs)
    .set({
      ...released,
      state: "cancelled",
      reason: "by-user",
      cancelWanted: true,
      endedAt: sql`clock_timestamp()`,
      fence: sql`${runs.fence} + 1`,
    })
    .where(and(eq(runs.id, runId), inArray(runs.state, activeRunStates), isFree))
    .returning();
  return row ? holdRest(tx, row) : null;
}

/**
 * Settles the deliveries of a run that has ended and that were not sent: `unknown` where a call may have been under way
 * without a stored answer, else `held`. Returns the run with its counts.
 */
export async function holdRest(tx: Tx, run: Row): Promise<Row> {
  if (run.kind === "read") return run;
  // Of a dry run, no call changes anything.
  const isUnderWay = sql`${run.kind === "write"} and exists (select from ${deliveryLedger}
    where endpoint_id = ${run.endpointId} and scope = ${String(run.facts.scope ?? "")} and state = 'sending'
      and ${deliveryLedger.key} = sha256(convert_to(rest.key, 'UTF8')))`;
  const [row] = await rowsOf(
    tx,
    sql`with settled as (
        update ${deliveries} as rest set state = case when ${isUnderWay} then 'unknown' else 'held' end,
          at = clock_timestamp()
        where run_id = ${run.id} and state = 'pending' returning state)
      select count(*) filter (where state = 'held') as held, count(*) filter (where state = 'unknown') as unknown
      from settled`,
  );
  const [held, unknown] = [Number(row?.held ?? 0), Number(row?.unknown ?? 0)];
  if (held + unknown === 0) return run;
  const counts = { held: run.held + held, unknown: run.unknown + unknown };
  await tx.update(runs).set(counts).where(eq(runs.id, run.id));
  return { ...run, ...counts };
}

/** Leaves the wish to cancel to the process that works on the run. False if it has ended, or was cancelled before. */
export async function markCancelWanted(tx: Tx, runId: string): Promise<boolean> {
  const rows = await tx
    .update(runs)
    .set({ cancelWanted: true })
    .where(and(eq(runs.id, runId), inArray(runs.state, activeRunStates), eq(runs.cancelWanted, false)))
    .returning({ id: runs.id });
  return rows.length > 0;
}
