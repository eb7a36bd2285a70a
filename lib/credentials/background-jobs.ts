import "server-only";
import { forgetEndedSessions } from "@/lib/auth/sessions";
import { database } from "@/lib/db/client";
import { forgetClosedInvitations } from "@/lib/invitations/retention";
import { forgetting } from "@/lib/jobs/retention";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { recheckCredentials } from "./recheck";
import { forgetIdleGuards, forgetOldChecks, forgetSettledOutcomes } from "./retention";

/** Everything that is not kept for good; docs/operating.md says for how long. */
const forgetOldRows = forgetting({
  checks: forgetOldChecks,
  "settled-outcomes": forgetSettledOutcomes,
  guards: forgetIdleGuards,
  sessions: forgetEndedSessions,
  invitations: forgetClosedInvitations,
});

/** Begins to do all background jobs in this process. */
export async function startBackgroundJobs(): Promise<Worker> {
  return startWorker(await database(), [recheckCredentials, forgetOldRows]);
}
