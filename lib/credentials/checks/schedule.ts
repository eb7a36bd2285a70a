import "server-only";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { checkSchedules, credentials, servers, type Verdict } from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
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
  const failures = verdict === "nothing" ? (await failuresSoFar(tx, credentialId)) + 1 : 0;
  const dueAt = fromNow(nextCheckInMs(verdict, failures, Math.random()));
  await tx
    .insert(checkSchedules)
    .values({ credentialId, dueAt, failures })
    .onConflictDoUpdate({ target: checkSchedules.credentialId, set: { dueAt, failures } });
}

async function failuresSoFar(tx: Tx, credentialId: string): Promise<number> {
  const [before] = await tx
    .select({ failures: checkSchedules.failures })
    .from(checkSchedules)
    .where(eq(checkSchedules.credentialId, credentialId))
    .for("update");
  return before?.failures ?? 0;
}

/** Postpones scheduled checks that sent nothing; none of those that wait for a user. */
export async function postponeChecks(
  db: Db,
  credentialIds: readonly string[],
  waitMs: number,
): Promise<void> {
  if (credentialIds.length === 0) return;
  await db
    .update(checkSchedules)
    .set({ dueAt: fromNow(waitMs) })
    .where(and(inArray(checkSchedules.credentialId, [...credentialIds]), isNotNull(checkSchedules.dueAt)));
}

/** A credential whose check is due, and the origin of its base URL: what has slots, whatever the path (decision 40). */
export type DueCheck = { readonly credentialId: string; readonly origin: string };

/** Due credentials that are looked at for one claim: enough to find those of many servers. */
const mostDue = 5_000;

/**
 * Claims due credentials, longest overdue first: at most `limit`, `perServer` of each origin, and none of the origins
 * in `except`. The claim lasts ten minutes, so two workers never take the same credential; after that, a killed
 * worker's credentials are due again.
 */
export async function claimDueChecks(
  db: Db,
  { limit, perServer, except = [] }: { limit: number; perServer: number; except?: readonly string[] },
): Promise<DueCheck[]> {
  const isDue = sql`schedule.due_at <= clock_timestamp()`;
  // A stored base URL is a parsed one: scheme, host and port as a browser writes them.
  const origin = sql`substring(server.base_url from '^[a-z]+://[^/]+')`;
  const rows = await rowsOf(
    db,
    sql`with due as (
        select schedule.credential_id, ${origin} as origin, schedule.due_at
        from ${checkSchedules} as schedule join ${credentials} as credential on credential.id = schedule.credential_id
          join ${servers} as server on server.id = credential.server_id
        where ${isDue} and ${origin} <> all(array(select jsonb_array_elements_text(${JSON.stringify(except)}::jsonb)))
        order by schedule.due_at limit ${mostDue}
      ), placed as (
        select credential_id, origin, row_number() over (partition by origin order by due_at) as place from due
      ), claimed as (
        select schedule.credential_id, placed.origin, schedule.due_at
        from ${checkSchedules} as schedule join placed on placed.credential_id = schedule.credential_id
        where ${isDue} and place <= ${perServer}
        order by schedule.due_at limit ${limit} for update of schedule skip locked
      ), kept as (
        update ${checkSchedules} as schedule set due_at = ${fromNow(claimMs)}
        from claimed where schedule.credential_id = claimed.credential_id
      )
      select credential_id, origin from claimed order by due_at`,
  );
  return rows.map((row) => ({ credentialId: String(row.credential_id), origin: String(row.origin) }));
}

function fromNow(waitMs: number | null) {
  return waitMs === null ? null : sql`clock_timestamp() + ${waitMs} * interval '1 millisecond'`;
}
