import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import type { RunReason } from "@/lib/runs/reasons";
import { released } from "@/lib/runs/transitions";
import type { RunFacts } from "@/lib/runs/types";
import type { EngineTiming } from "./timing";

/** A run that this process works on, for as long as its fencing number is the row's. */
export type ClaimedRun = typeof runs.$inferSelect;

/**
 * Takes the run whose last turn is longest ago, if one is waiting for a process; null if none is. A run whose process
 * was killed is taken over when its lease is over: the fencing number grows, so the killed one can store nothing more.
 */
export async function claimRun(
  db: Db,
  holder: string,
  { leaseMs }: Pick<EngineTiming, "leaseMs">,
): Promise<ClaimedRun | null> {
  const free = sql`(select ${runs.id} from ${runs}
    where ${runs.state} in ('queued', 'running', 'waiting')
      and (${runs.leaseUntil} is null or ${runs.leaseUntil} <= clock_timestamp())
      and (${runs.waitUntil} is null or ${runs.waitUntil} <= clock_timestamp() or ${runs.cancelWanted})
    order by ${runs.turnAt} nulls first, ${runs.createdAt} limit 1 for update skip locked)`;
  const [run] = await db
    .update(runs)
    .set({
      state: "running",
      holder,
      fence: sql`${runs.fence} + 1`,
      leaseUntil: fromNow(leaseMs),
      waitUntil: null,
      turnAt: sql`clock_timestamp()`,
      startedAt: sql`coalesce(${runs.startedAt}, clock_timestamp())`,
    })
    .where(sql`${runs.id} = ${free}`)
    .returning();
  return run ?? null;
}

/** The condition for a write by the process that still holds the run. */
export function isHeld({ id, fence }: Pick<ClaimedRun, "id" | "fence">) {
  return and(eq(runs.id, id), eq(runs.fence, fence));
}

/** That many milliseconds from now, by the database's clock. */
export function fromNow(ms: number): SQL {
  return sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;
}

/** Calls that no page has counted yet, and the time that they waited. */
export type Uncounted = { readonly calls: number; readonly waitedMs: number };

type HandedBack = Uncounted & {
  readonly state: "queued" | "waiting";
  readonly waitMs: number;
  readonly reason: RunReason | null;
  readonly facts: RunFacts;
  readonly retries: number;
};

/** Gives a run back to the queue, for any process after `waitMs`. Does nothing if another process has it. */
export async function handBack(db: Db, run: ClaimedRun, back: HandedBack): Promise<void> {
  const { state, waitMs, reason, facts, retries, calls, waitedMs } = back;
  const isWaiting = state === "waiting";
  await db
    .update(runs)
    .set({
      ...released,
      state,
      reason,
      facts: mergedFacts(facts),
      retries,
      calls: sql`${runs.calls} + ${calls}`,
      waitedMs: sql`${runs.waitedMs} + ${waitedMs + (isWaiting ? waitMs : 0)}`,
      waitUntil: waitMs > 0 ? fromNow(waitMs) : null,
      holder: null,
    })
    .where(isHeld(run));
}

/** Facts besides those that the row has, such as the fingerprint of what is read. */
export function mergedFacts(facts: RunFacts): SQL {
  return sql`${runs.facts} || ${JSON.stringify(facts)}::jsonb`;
}
