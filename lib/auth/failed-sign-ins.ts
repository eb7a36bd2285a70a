import "server-only";
import { asc, eq, inArray, isNull, sql } from "drizzle-orm";
import { failedSignIns } from "@/drizzle/schema";
import type { Visitor } from "@/lib/actor";
import { bookkeep } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import { advisoryLocks } from "@/lib/db/locks";
import type { Db, Tx } from "@/lib/db/types";
import { addressKey } from "@/lib/http/client-address";

/** A group of failed sign-ins for one event in the audit log. */
export type FailedSignIn = {
  /** The account; null for an unknown email, and if it was not looked up. */
  readonly userId: string | null;
  readonly reason: "not-accepted" | "rate-limited";
  readonly count?: number;
};

const foldMs = 60_000;
/** Addresses per account, or for all unknown emails, that get an event of their own. */
const addressesApart = 5;
/** More than a minute brings; any rest waits for the next round. */
const rowsARound = 5_000;

type Row = typeof failedSignIns.$inferSelect;

/**
 * Counts failed sign-ins for the audit log (`foldFailedSignIns` writes them). Stored before the response, by one
 * statement whether the account exists or not, so that neither a crash nor the response time reveals anything.
 */
export async function recordFailedSignIns(
  db: Db,
  { origin: { address }, requestId }: Visitor,
  { userId, reason, count = 1 }: FailedSignIn,
  now = new Date(),
): Promise<void> {
  const key = [userId ?? "unknown", addressKey(address), reason].join(" ");
  const { pending, since, requestId: first } = failedSignIns;
  await db
    .insert(failedSignIns)
    .values({ key, userId, address, reason, pending: count, since: now, requestId })
    .onConflictDoUpdate({
      target: failedSignIns.key,
      set: {
        address,
        pending: sql`${pending} + ${count}`,
        since: sql`case when ${pending} = 0 then excluded.since else ${since} end`,
        requestId: sql`case when ${pending} = 0 then excluded.request_id else ${first} end`,
      },
    });
}

/** The accounts (`unknown` for none) with failed sign-ins that were not yet logged, and no log entry within the last minute. */
export async function findFailedSignInsDue(db: Db, now = new Date()): Promise<string[]> {
  const due = await db
    .select({ userId: failedSignIns.userId })
    .from(failedSignIns)
    .groupBy(failedSignIns.userId)
    .having(isDue(now));
  return due.map(({ userId }) => userId ?? "unknown");
}

/**
 * Writes one account's collected failures into the audit log, at most once a minute: an event for each of the busiest
 * addresses, and one for all others. Repeating it writes nothing twice; after a crash, the next round continues.
 */
export async function foldFailedSignIns(db: Db, account: string, now = new Date()): Promise<void> {
  const isOfAccount =
    account === "unknown" ? isNull(failedSignIns.userId) : eq(failedSignIns.userId, account);
  await bookkeep(db, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.failedSignIns})`);
    const [due] = await tx
      .select({ isDue: isDue(now) })
      .from(failedSignIns)
      .where(isOfAccount);
    if (!due?.isDue) return { result: undefined, told: [] };
    const rows = await takeRows(tx, isOfAccount, now);
    const told = groupsOf(rows).map((group) => ({ who: visitorOf(group), event: eventOf(group) }));
    return { result: undefined, told };
  });
}

/** Takes the account's rows for the log; deletes rows without failures. */
async function takeRows(tx: Tx, isOfAccount: ReturnType<typeof eq>, now: Date): Promise<Row[]> {
  const rows = await tx
    .select()
    .from(failedSignIns)
    .where(isOfAccount)
    .orderBy(asc(failedSignIns.key))
    .limit(rowsARound)
    .for("update");
  const keysWhere = (matches: (row: Row) => boolean) => rows.filter(matches).map(({ key }) => key);
  const [idle, told] = [keysWhere(({ pending }) => pending === 0), keysWhere(({ pending }) => pending > 0)];
  if (idle.length > 0) await tx.delete(failedSignIns).where(inArray(failedSignIns.key, idle));
  if (told.length > 0) {
    await tx.update(failedSignIns).set({ pending: 0, toldAt: now }).where(inArray(failedSignIns.key, told));
  }
  return rows.filter(({ pending }) => pending > 0);
}

/** The rows of each event: by reason, with the busiest addresses apart. */
function groupsOf(rows: readonly Row[]): Row[][] {
  return (["not-accepted", "rate-limited"] as const).flatMap((reason) => {
    const busiestFirst = rows
      .filter((row) => row.reason === reason)
      .toSorted((a, b) => b.pending - a.pending);
    const apart = busiestFirst.slice(0, addressesApart).map((row) => [row]);
    const others = busiestFirst.slice(addressesApart);
    return others.length > 0 ? [...apart, others] : apart;
  });
}

function visitorOf(rows: readonly Row[]): Visitor {
  const address = rows.length === 1 ? (rows[0]?.address ?? null) : null;
  return { requestId: rows[0]?.requestId ?? "", origin: { via: "web", address } };
}

function eventOf(rows: readonly Row[]): AuditEvent {
  const since = new Date(Math.min(...rows.map((row) => row.since.getTime())));
  return {
    event: "user.sign-in-failed",
    subjectId: rows[0]?.userId ?? null,
    details: {
      reason: rows[0]?.reason ?? "not-accepted",
      count: rows.reduce((sum, { pending }) => sum + pending, 0),
      since: since.toISOString(),
      addresses: rows.length,
    },
  };
}

// Across all rows of one account.
function isDue(now: Date) {
  const aMinuteAgo = new Date(now.getTime() - foldMs).toISOString();
  return sql<boolean>`coalesce(max(${failedSignIns.toldAt}) <= ${aMinuteAgo}::timestamptz, true)`;
}
