import "server-only";
import { eq, sql } from "drizzle-orm";
import { checkSchedules, type Verdict } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";

const minuteMs = 60_000;
/** Checks are renewed daily, so that a user hears of an ended key within a day. */
const checkAgesMs = 24 * 60 * minuteMs;
/** After a server could not be reached: soon enough for a restart, without burdening a server that stays away. */
const firstRetryMs = 5 * minuteMs;
/** The longest wait, also while lock-out protection stops the account: such a check sends nothing. */
export const longestRetryMs = 6 * 60 * minuteMs;
/** A claim outlives a check and its wait in the queue; a killed worker's claim ends after this. */
const claimMs = 10 * minuteMs;

/**
 * How long after a check with this verdict the next one is due, in milliseconds; null for never. Consecutive
 * `failures` to reach the server double the wait. `spread`, from 0 to 1, adds up to a tenth, so that credentials
 * saved together are not always checked together.
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

/** Schedules a credential's next check, in the transaction of the check or of the change of its secret. */
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

/** Postpones a scheduled check after one that sent nothing. */
export async function postponeCheck(db: Db, credentialId: string, waitMs: number): Promise<void> {
  await db
    .update(checkSchedules)
    .set({ dueAt: fromNow(waitMs) })
    .where(eq(checkSchedules.credentialId, credentialId));
}

/**
 * The ids of due credentials, longest overdue first, at most `limit`. The claim lasts ten minutes, so two workers
 * never take the same credential; after that, a killed worker's credentials are due again.
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
