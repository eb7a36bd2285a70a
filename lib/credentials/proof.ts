import "server-only";
import { and, desc, eq, ne } from "drizzle-orm";
import { checks, credentials } from "@/drizzle/schema";
import type { Db } from "@/lib/db/client";

/**
 * The newest check that says anything of a credential's current version, to be joined laterally to `credentials`.
 * One that could not ask the server is passed over: an outage does not take a proof away.
 */
export function newestProof(db: Db) {
  return db
    .select({
      verdict: checks.verdict,
      checkedAt: checks.checkedAt,
      accountName: checks.accountName,
      accountDisplayName: checks.accountDisplayName,
      serverVersion: checks.serverVersion,
      findings: checks.findings,
    })
    .from(checks)
    .where(
      and(
        eq(checks.credentialId, credentials.id),
        eq(checks.secretVersion, credentials.secretVersion),
        ne(checks.verdict, "nothing"),
      ),
    )
    .orderBy(desc(checks.checkedAt))
    .limit(1)
    .as("proof");
}
