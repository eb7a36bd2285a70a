import "server-only";
import { eq } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import { findJobActor } from "@/lib/auth/job-actor";
import type { CheckCircumstances } from "@/lib/credentials/checks/check";
import { claimDueChecks, longestRetryMs, postponeCheck } from "@/lib/credentials/checks/schedule";
import { isHeldBack } from "@/lib/credentials/lockout/rules";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import type { RecurringWork } from "@/lib/jobs/recurring-work";
import { checkStored } from "./check-now";
import { getSignIn } from "./queries";

/** Credentials per round. With one round a minute this makes 50 checks a minute, far below the limit per server. */
const perRound = 50;
/** The wait after the limit per server held a check back. */
const busyMs = 5 * 60_000;

/** Checks the credentials that are due. */
export const recheckCredentials: RecurringWork = {
  name: "recheck-credentials",
  cron: "* * * * *",
  findDue: (db) => claimDueChecks(db, perRound),
  doOne: (db, credentialId) => recheck(db, credentialId),
};

/**
 * Checks one credential as its owner, under lock-out protection, and records the outcome. Does nothing for a
 * credential that is gone or that its server has refused; postpones a check that could not be sent. Rejects only when
 * the database does.
 */
export async function recheck(
  db: Db,
  credentialId: string,
  timing?: CheckCircumstances["timing"],
): Promise<void> {
  const [credential] = await db
    .select({ ownerId: credentials.ownerId })
    .from(credentials)
    .where(eq(credentials.id, credentialId));
  if (!credential) return;
  const owner = await findJobActor(db, credential.ownerId);
  if (!owner) return postponeCheck(db, credentialId, longestRetryMs);
  try {
    const stored = await getSignIn(db, owner, credentialId);
    const outcome = await checkStored(db, owner, stored, {
      isScheduled: true,
      ...(timing ? { timing } : {}),
    });
    if (!isHeldBack(outcome)) return;
    const seconds = outcome.kind === "failed" ? outcome.retryAfterSeconds : undefined;
    await postponeCheck(db, credentialId, seconds === undefined ? longestRetryMs : seconds * 1000);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // The credential was deleted or changed meanwhile, which removed or renewed its schedule; or the limit per server
    // was reached.
    if (error.code === "RATE_LIMITED") await postponeCheck(db, credentialId, busyMs);
  }
}
