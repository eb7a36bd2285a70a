import "server-only";
import { tellHead } from "@/lib/audit/watch";
import { findFailedSignInsDue, foldFailedSignIns } from "@/lib/auth/failed-sign-ins";
import { forgetEndedSessions } from "@/lib/auth/sessions";
import { recheckCredentials } from "@/lib/credentials/recheck";
import { forgetIdleLockoutStates, forgetOldChecks, forgetSettledOutcomes } from "@/lib/credentials/retention";
import { database } from "@/lib/db/client";
import { forgetClosedInvitations } from "@/lib/invitations/retention";
import type { RecurringWork } from "@/lib/jobs/recurring-work";
import { forgetting } from "@/lib/jobs/retention";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { log } from "@/lib/log";
import { forgetOldNotices } from "@/lib/notices/retention";
import { forgetOldResets } from "@/lib/password-resets/retention";

/** Deletes everything that has a retention period; docs/operating.md lists them. */
const forgetOldRows = forgetting({
  checks: forgetOldChecks,
  "settled-outcomes": forgetSettledOutcomes,
  protections: forgetIdleLockoutStates,
  sessions: forgetEndedSessions,
  invitations: forgetClosedInvitations,
  notices: forgetOldNotices,
  "password-resets": forgetOldResets,
});

/** Once an hour, so that a log stored elsewhere has heads to compare with. */
const tellAuditHead: RecurringWork = {
  name: "audit-head",
  cron: "43 * * * *",
  findDue: async () => ["newest"],
  doOne: tellHead,
};

/** Failures within a minute of the last event about the same account. */
const foldFailures: RecurringWork = {
  name: "failed-sign-ins",
  cron: "* * * * *",
  findDue: (db) => findFailedSignInsDue(db),
  doOne: (db, account) => foldFailedSignIns(db, account),
};

/** All background jobs; each name is unique. */
export const recurringWorks: readonly RecurringWork[] = [
  recheckCredentials,
  forgetOldRows,
  tellAuditHead,
  foldFailures,
];

/** Starts all background jobs in this process; they continue through every database fault. */
export async function startBackgroundJobs(): Promise<Worker> {
  // pg-boss does not await marking a job as done: without this, a database restart at that moment would end the process.
  process.on("unhandledRejection", (error) => log().error({ err: error }, "a background job met a fault"));
  return startWorker(await database(), recurringWorks);
}
