import "server-only";
import { and, desc, eq, ne } from "drizzle-orm";
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
 * The newest check that says anything of a credential's current version, to be joined laterally to `credentials`.
 * One that could not ask the server is passed over: an outage does not take a status away.
 */
export function latestCheck(db: Db) {
  return db
    .select(kept)
    .from(checks)
    .where(and(isOfCurrentSecret, ne(checks.verdict, "nothing")))
    .orderBy(desc(checks.checkedAt))
    .limit(1)
    .as("proof");
}

/** The newest check of a credential's current version, whatever came of it, to be joined laterally to `credentials`. */
export function newestCheck(db: Db) {
  return db
    .select(kept)
    .from(checks)
    .where(isOfCurrentSecret)
    .orderBy(desc(checks.checkedAt))
    .limit(1)
    .as("newest_check");
}

/** The columns of a check, in a query that joins the newest one. */
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

/** A row of these columns as the check that was kept; null where none was joined. */
export function keptCheckOf(
  row: { [Column in keyof CheckColumns]: CheckColumns[Column] | null } | null,
  credential: CheckedCredential,
): KeptCheck | null {
  if (!row?.verdict || !row.checkedAt) return null;
  const record = readCheckRecord(row.record);
  // Written by this domain only, as one of these.
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
