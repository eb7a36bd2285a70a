import "server-only";
import { and, eq, inArray, isNotNull, isNull, lt, ne, or, type SQL, sql } from "drizzle-orm";
import { alias, type PgColumn } from "drizzle-orm/pg-core";
import { checks, credentialPreviousSecrets, credentials, lockoutStates } from "@/drizzle/schema";
import { tryAgainValidityMs } from "@/lib/credentials/lockout/try-again-token";
import type { Db } from "@/lib/db/types";

const hourMs = 60 * 60 * 1000;

/** How long every check is kept; the audit log covers the time before. */
const checksKeptDays = 30;
/** An attempt waits seconds for a parallel attempt's outcome. */
const outcomesKeptMs = hourMs;
/** Longer than a try-again token is valid: the row records that it was used. */
const idleLockoutStatesKeptMs = Math.max(24 * hourMs, 2 * tryAgainValidityMs);

/**
 * Deletes at most `limit` checks older than 30 days and returns how many. Of each credential's current secret, and of a
 * kept previous one, three checks stay at any age: the newest, the latest with a verdict and the latest that signed in.
 * Status, details and steps are read from them, and whether a previous secret was refused.
 */
export async function forgetOldChecks(db: Db, limit: number): Promise<number> {
  const newer = alias(checks, "newer");
  const takesItsPlace = sql`case when ${checks.verdict} = 'nothing' then true
    when ${checks.reason} is null then ${newer.verdict} <> 'nothing' and ${newer.reason} is null
    else ${newer.verdict} <> 'nothing' end`;
  const isReplaced = db
    .select({ one: sql`1` })
    .from(newer)
    .where(
      and(
        eq(newer.credentialId, checks.credentialId),
        eq(newer.secretVersion, checks.secretVersion),
        sql`${newer.checkedAt} > ${checks.checkedAt}`,
        takesItsPlace,
      ),
    );
  const { credentialId, version, sealed } = credentialPreviousSecrets;
  const kept = db
    .select({ one: sql`1` })
    .from(credentialPreviousSecrets)
    .where(and(eq(credentialId, checks.credentialId), eq(version, checks.secretVersion), isNotNull(sealed)));
  const isOfOldSecret = and(ne(checks.secretVersion, credentials.secretVersion), sql`not exists ${kept}`);
  const old = db
    .select({ id: checks.id })
    .from(checks)
    .innerJoin(credentials, eq(credentials.id, checks.credentialId))
    .where(
      and(
        olderThan(checks.checkedAt, checksKeptDays * 24 * hourMs),
        or(isOfOldSecret, sql`exists ${isReplaced}`),
      ),
    )
    .orderBy(checks.checkedAt)
    .limit(limit);
  return (await db.delete(checks).where(inArray(checks.id, old)).returning({ id: checks.id })).length;
}

const isIdle = and(
  or(isNull(lockoutStates.leaseUntil), olderThan(lockoutStates.leaseUntil, hourMs)),
  or(isNull(lockoutStates.settledAt), olderThan(lockoutStates.settledAt, outcomesKeptMs)),
);

/** Deletes at most `limit` shared outcomes, an hour after their attempt, when no attempt waits for them. Returns how many. */
export async function forgetSettledOutcomes(db: Db, limit: number): Promise<number> {
  const forgotten = await db
    .update(lockoutStates)
    .set({ settledId: null, settledOutcome: null })
    .where(isOneOf(statesThat(db, isNotNull(lockoutStates.settledOutcome), limit)))
    .returning({ account: lockoutStates.account });
  return forgotten.length;
}

/**
 * Deletes at most `limit` empty lock-out states, a day after their last attempt, and returns how many. Empty means no
 * refusal, no wait, and no override that could be used again. A state with a refusal stays, since the server counts
 * it until the account signs in.
 */
export async function forgetIdleLockoutStates(db: Db, limit: number): Promise<number> {
  const saysNothing = and(
    isNull(lockoutStates.refusedReason),
    eq(lockoutStates.refusals, 0),
    // A lease that ran out may have been a refusal.
    isNull(lockoutStates.leaseId),
    or(isNull(lockoutStates.waitUntil), olderThan(lockoutStates.waitUntil, 0)),
    or(
      isNull(lockoutStates.overrideUsedAt),
      olderThan(lockoutStates.overrideUsedAt, idleLockoutStatesKeptMs),
    ),
    or(isNull(lockoutStates.settledAt), olderThan(lockoutStates.settledAt, idleLockoutStatesKeptMs)),
  );
  const forgotten = await db
    .delete(lockoutStates)
    .where(isOneOf(statesThat(db, saysNothing, limit)))
    .returning({ account: lockoutStates.account });
  return forgotten.length;
}

/**
 * Deletes at most `limit` previous secrets that have run out, and returns how many. That there was one stays, for the
 * credential's page.
 */
export async function forgetPreviousSecrets(db: Db, limit: number): Promise<number> {
  const { credentialId, sealed, keptUntil } = credentialPreviousSecrets;
  // Rows locked by a user's change are skipped.
  const runOut = db
    .select({ credentialId })
    .from(credentialPreviousSecrets)
    .where(and(isNotNull(sealed), olderThan(keptUntil, 0)))
    .limit(limit)
    .for("update", { skipLocked: true });
  const forgotten = await db
    .update(credentialPreviousSecrets)
    .set({ sealed: null, dataKeyId: null, endedAt: keptUntil, outcome: "expired" })
    .where(inArray(credentialId, runOut))
    .returning({ credentialId });
  return forgotten.length;
}

// Rows locked by a running attempt are skipped.
function statesThat(db: Db, condition: SQL | undefined, limit: number) {
  return db
    .select({ baseUrl: lockoutStates.baseUrl, account: lockoutStates.account })
    .from(lockoutStates)
    .where(and(isIdle, condition))
    .limit(limit)
    .for("update", { skipLocked: true });
}

function isOneOf(protections: ReturnType<typeof statesThat>): SQL {
  return sql`(${lockoutStates.baseUrl}, ${lockoutStates.account}) in ${protections}`;
}

function olderThan(column: PgColumn, ms: number): SQL {
  return lt(column, sql`clock_timestamp() - ${ms} * interval '1 millisecond'`);
}
