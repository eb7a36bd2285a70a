import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { requestAllowances } from "@/drizzle/schema";
import type { CheckedAllowance } from "@/lib/connectors/types";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";

/** One account of one server; `account` is lock-out protection's fingerprint, which names nobody. */
export type AllowanceOf = { readonly baseUrl: string; readonly account: string };

/** A call may be sent, or how many milliseconds to wait before asking again. */
export type Allowed = { readonly ok: true } | { readonly ok: false; readonly waitMs: number };

/** A server's `Retry-After` may name any time; the portal waits at most this long. */
export const longestWaitSeconds = 60 * 60;
/** A check makes about this many calls; they were sent before the bucket was known. */
export const callsOfACheck = 15;

// Whole milliseconds, as the column stores them: rounding would add up to requests over the limit.
const now = sql`date_trunc('milliseconds', clock_timestamp())`;
const isIt = ({ baseUrl, account }: AllowanceOf): SQL => sql`base_url = ${baseUrl} and account = ${account}`;
const filled = sql`least(capacity, tokens + greatest(0, extract(epoch from ${now} - counted_at)) * per_second)`;
const blockedMs = sql`greatest(0, extract(epoch from blocked_until - ${now}) * 1000)`;

/**
 * Takes one request from an account's allowance, if one is left; nobody in any process takes it twice. Without a known
 * limit every call is allowed, unless the server asked to wait.
 */
export async function takeAllowance(db: Db | Tx, of: AllowanceOf): Promise<Allowed> {
  const [row] = await rowsOf(
    db,
    sql`with held as (
        select capacity, per_second, ${filled} as left_now, coalesce(${blockedMs}, 0) as blocked_ms
        from ${requestAllowances} where ${isIt(of)} for update
      ), taken as (
        update ${requestAllowances} as bucket set tokens = held.left_now - 1, counted_at = ${now}
        from held where ${isIt(of)} and held.capacity is not null and held.left_now >= 1 and held.blocked_ms = 0
        returning 1
      )
      select (case when blocked_ms > 0 then blocked_ms
        when capacity is null or exists (select from taken) then 0
        else (1 - left_now) / per_second * 1000 end)::float8 as wait_ms
      from held`,
  );
  const waitMs = Math.ceil(Number(row?.wait_ms ?? 0));
  return waitMs > 0 ? { ok: false, waitMs } : { ok: true };
}

/**
 * Takes several requests at once, more than are left if need be: all others then wait until the debt is paid. Returns
 * how many milliseconds to wait before sending them.
 */
export async function reserveAllowance(db: Db, of: AllowanceOf, calls: number): Promise<number> {
  const [row] = await rowsOf(
    db,
    sql`update ${requestAllowances} set tokens = ${filled} - least(${calls}, capacity), counted_at = ${now}
      where ${isIt(of)} and capacity is not null
      returning (greatest(0, -tokens) / per_second * 1000)::float8 as wait_ms`,
  );
  return Math.ceil(Number(row?.wait_ms ?? 0));
}

/** Returns requests that were reserved and not sent. */
export async function giveBackAllowance(db: Db, of: AllowanceOf, calls: number): Promise<void> {
  await db.execute(
    sql`update ${requestAllowances} set tokens = least(capacity, ${filled} + least(${calls}, capacity)), counted_at = ${now}
      where ${isIt(of)} and capacity is not null`,
  );
}

/** Stores what a check learnt of an account's limit; null, where the server did not say, changes nothing. */
export async function noteAllowance(
  db: Db | Tx,
  of: AllowanceOf,
  allowance: CheckedAllowance | null,
): Promise<void> {
  if (allowance === null) return;
  // A bucket that never fills would let nothing through for ever: more likely, the number means something else.
  const isLimited = allowance.kind === "limited" && allowance.atOnce >= 1 && allowance.perSecond > 0;
  const [capacity, perSecond] = isLimited ? [allowance.atOnce, allowance.perSecond] : [null, null];
  const tokens = Math.max(0, (capacity ?? 0) - callsOfACheck);
  await db
    .insert(requestAllowances)
    .values({ ...of, capacity, perSecond, tokens, countedAt: now })
    .onConflictDoUpdate({
      target: [requestAllowances.baseUrl, requestAllowances.account],
      set: {
        capacity,
        perSecond,
        // What the calls so far left of a bucket that was known stays counted.
        tokens: sql`case when ${requestAllowances.capacity} is null then ${tokens}
          else least(${requestAllowances.tokens}, ${capacity ?? 0}) end`,
      },
    });
}

/** Keeps everybody from calling with this account for as long as the server asked, an hour at most. */
export async function noteWait(db: Db | Tx, of: AllowanceOf, seconds: number): Promise<void> {
  const until = sql`${now} + ${Math.min(seconds, longestWaitSeconds)} * interval '1 second'`;
  await db
    .insert(requestAllowances)
    .values({ ...of, blockedUntil: until })
    .onConflictDoUpdate({
      target: [requestAllowances.baseUrl, requestAllowances.account],
      set: {
        blockedUntil: sql`greatest(${requestAllowances.blockedUntil}, ${until})`,
        // The server's own count is at nothing, whatever was counted here.
        tokens: sql`least(${requestAllowances.tokens}, 0)`,
        countedAt: now,
      },
    });
}

/** True if calls of this account have to be counted now: its limit is known, or the server asked to wait. */
export async function isAllowanceCounted(db: Db | Tx, of: AllowanceOf): Promise<boolean> {
  const counted = sql`(${requestAllowances.capacity} is not null or ${requestAllowances.blockedUntil} > clock_timestamp())`;
  const rows = await db.$count(
    requestAllowances,
    and(eq(requestAllowances.baseUrl, of.baseUrl), eq(requestAllowances.account, of.account), counted),
  );
  return rows > 0;
}

/** The same as a condition within a larger statement. */
export function allowanceCounted(of: AllowanceOf): SQL {
  return sql`exists (select from ${requestAllowances} where ${isIt(of)}
    and (capacity is not null or blocked_until > clock_timestamp()))`;
}
