import "server-only";
import { and, desc, eq, inArray, isNotNull, isNull, ne, type SQL } from "drizzle-orm";
import { checks, credentials } from "@/drizzle/schema";
import type { FailureReason } from "@/lib/connectors/types";
import type { Db } from "@/lib/db/types";
import { readCheckRecord } from "./details";
import type { KeptCheck } from "./types";
import { type CheckedCredential, failureInWords } from "./verdict";

const kept = {
  verdict: checks.verdict,
  reason: checks.reason,
  checkedAt: checks.checkedAt,
  accountName: checks.accountName,
  accountDisplayName: checks.accountDisplayName,
  serverVersion: checks.serverVersion,
  record: checks.record,
};

const isOfCurrentSecret = and(
  eq(checks.credentialId, credentials.id),
  eq(checks.secretVersion, credentials.secretVersion),
);

/**
 * The latest check of a credential's current secret that gave a verdict, for a lateral join to `credentials`. Checks
 * that could not reach the server are skipped: an outage does not take a status away.
 */
export function latestCheck(db: Db) {
  return db
    .select(kept)
    .from(checks)
    .where(and(isOfCurrentSecret, ne(checks.verdict, "nothing")))
    .orderBy(desc(checks.checkedAt))
    .limit(1)
    .as("latest");
}

/**
 * The latest check of a credential's current secret that signed in, for a lateral join to `credentials`: what is known of
 * the account and its rights stays true of that moment when a later check is refused.
 */
export function acceptedCheck(db: Db, condition?: SQL) {
  return db
    .select(kept)
    .from(checks)
    .where(
      and(
        isOfCurrentSecret,
        inArray(checks.verdict, ["verified", "restricted"]),
        isNull(checks.reason),
        condition,
      ),
    )
    .orderBy(desc(checks.checkedAt))
    .limit(1)
    .as("accepted");
}

/** The same beside `latest`, and only where `latest` was refused: elsewhere both are one check. */
export function acceptedBefore(db: Db, latest: ReturnType<typeof latestCheck>) {
  return acceptedCheck(db, isNotNull(latest.reason));
}

/** The newest check of a credential's current secret, whatever its outcome, for a lateral join to `credentials`. */
export function newestCheck(db: Db) {
  return db
    .select(kept)
    .from(checks)
    .where(isOfCurrentSecret)
    .orderBy(desc(checks.checkedAt))
    .limit(1)
    .as("newest_check");
}

/** The columns of a check, for a query that joins the newest check. */
export function checkColumns(check: ReturnType<typeof newestCheck>) {
  return {
    verdict: check.verdict,
    reason: check.reason,
    checkedAt: check.checkedAt,
    serverVersion: check.serverVersion,
    accountName: check.accountName,
    accountDisplayName: check.accountDisplayName,
    record: check.record,
  };
}

type CheckRow = typeof checks.$inferSelect;
type CheckColumns = Pick<CheckRow, keyof ReturnType<typeof checkColumns>>;

/** A row of these columns as a stored check; null where no check is joined. */
export function keptCheckOf(
  row: { [Column in keyof CheckColumns]: CheckColumns[Column] | null } | null,
  credential: CheckedCredential,
): KeptCheck | null {
  if (!row?.verdict || !row.checkedAt) return null;
  const record = readCheckRecord(row.record);
  // Only this domain writes the column, always with one of these values.
  const reason = row.reason as FailureReason | null;
  const isNamed = reason === null;
  return {
    checkedAt: row.checkedAt.toISOString(),
    verdict: row.verdict,
    steps: record.steps,
    failure: failureInWords(reason, record, credential),
    serverVersion: row.serverVersion,
    account: isNamed ? { name: row.accountName, displayName: row.accountDisplayName } : null,
    access: record.access,
  };
}
