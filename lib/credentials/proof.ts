import "server-only";
import { and, desc, eq, ne } from "drizzle-orm";
import { checks, credentials } from "@/drizzle/schema";
import type { Db } from "@/lib/db/client";

const kept = {
  verdict: checks.verdict,
  reason: checks.reason,
  checkedAt: checks.checkedAt,
  accountName: checks.accountName,
  accountDisplayName: checks.accountDisplayName,
  serverVersion: checks.serverVersion,
  findings: checks.findings,
};

const isOfCurrentSecret = and(
  eq(checks.credentialId, credentials.id),
  eq(checks.secretVersion, credentials.secretVersion),
);

/**
 * The newest check that says anything of a credential's current version, to be joined laterally to `credentials`.
 * One that could not ask the server is passed over: an outage does not take a proof away.
 */
export function newestProof(db: Db) {
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
