import "server-only";
import { eq, sql } from "drizzle-orm";
import { checkSchedules, type Verdict } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";

const minuteMs = 60_000;
/** A check is renewed daily: people hear of a key that ran out before their Monday does. */
const checkAgesMs = 24 * 60 * minuteMs;
/** After a server that could not be asked: soon enough for a restart, and no burden on one that stays away. */
const firstRetryMs = 5 * minuteMs;
/** The longest wait, also for an account that lock-out protection has stopped: a look at lock-out protection sends nothing. */
export const longestRetryMs = 6 * 60 * minuteMs;
/** A claim outlives a check and the turn it may wait for; a worker that was killed holds it no longer. */
const claimMs = 10 * minuteMs;

/**
 * How long after a check with this verdict the next one comes by itself, in milliseconds; null for never. `failures` in a
 * row that could not ask the server double the wait. `spread`, from 0 to 1, adds up to a tenth, so that what was saved
 * together is not checked together for ever.
 */
export function nextCheckInMs(
  verdict: Verdict | "unchecked",
  failures: number,
  spread: number,
): number | null {
  if (verdict === "rejected" || verdict === "locked") return null;
  const hasCheck = verdict === "verified" || verdict === "restricted";
  const wait = hasCheck ? checkAgesMs : firstRetryMs * 2 ** Math.max(0, failures - 1);
  return Math.min(wait, hasCheck ? checkAgesMs : longestRetryMs) * (1 + spread / 10);
}

/** Sets when a credential is checked next, after a check or a change of its secret, in the transaction of that. */
export async function scheduleNextCheck(
  tx: Tx,
  credentialId: string,
  verdict: Verdict | "unchecked",
): Promise<void> {
  const [before] = await tx
    .select({ failures: checkSchedules.failures })
    .from(checkSchedules)
    .where(eq(checkSchedules.credentialId, credentialId))
    .for("update");
  const failures = verdict === "nothing" ? (before?.failures ?? 0) + 1 : 0;
  const dueAt = fromNow(nextCheckInMs(verdict, failures, Math.random()));
  await tx
    .insert(checkSchedules)
    .values({ credentialId, dueAt, failures })
    .onConflictDoUpdate({ target: checkSchedules.credentialId, set: { dueAt, failures } });
}

/** Puts a scheduled check off, after one that sent nothing. */
export async function postponeCheck(db: Db, credentialId: string, waitMs: number): Promise<void> {
  await db
    .update(checkSchedules)
    .set({ dueAt: fromNow(waitMs) })
    .where(eq(checkSchedules.credentialId, credentialId));
}

/**
 * The ids of credentials that are due, longest first, at most `limit`. Claimed for ten minutes, so that two workers never
 * take the same; what a killed worker had claimed is due again after that.
 */
export async function claimDueChecks(db: Db, limit: number): Promise<string[]> {
  const due = sql`(select ${checkSchedules.credentialId} from ${checkSchedules}
    where ${checkSchedules.dueAt} <= clock_timestamp()
    order by ${checkSchedules.dueAt} limit ${limit} for update skip locked)`;
  const rows = await db
    .update(checkSchedules)
    .set({ dueAt: fromNow(claimMs) })
    .where(sql`${checkSchedules.credentialId} in ${due}`)
    .returning({ credentialId: checkSchedules.credentialId });
  return rows.map(({ credentialId }) => credentialId);
}

function fromNow(waitMs: number | null) {
  return waitMs === null ? null : sql`clock_timestamp() + ${waitMs} * interval '1 millisecond'`;
}
