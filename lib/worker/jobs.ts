import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { tellHead } from "@/lib/audit/watch";
import { findFailedSignInsDue, foldFailedSignIns } from "@/lib/auth/failed-sign-ins";
import { forgetEndedSessions } from "@/lib/auth/sessions";
import { recheckUntil } from "@/lib/credentials/recheck-worker";
import {
  forgetIdleLockoutStates,
  forgetOldChecks,
  forgetPreviousSecrets,
  forgetSettledOutcomes,
} from "@/lib/credentials/retention";
import { database } from "@/lib/db/client";
import { asBackground } from "@/lib/db/driver";
import type { Db } from "@/lib/db/types";
import { forgetOldDeliveries } from "@/lib/deliveries/retention";
import { forgetClosedInvitations } from "@/lib/invitations/retention";
import type { RecurringWork } from "@/lib/jobs/recurring-work";
import { forgetting } from "@/lib/jobs/retention";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { log } from "@/lib/log";
import { forgetOldNotices } from "@/lib/notices/retention";
import { tellEndings } from "@/lib/notifications/endings";
import { forgetOldMessages, forgetOldOutages, forgetOldSends } from "@/lib/notifications/retention";
import { sendMessages } from "@/lib/notifications/sending/send";
import { forgetOldResets } from "@/lib/password-resets/retention";
import { forgetOldDeletedRecords, forgetOldParts, forgetOldRuns, forgetOldSeen } from "@/lib/runs/retention";
import { doRunsUntil } from "@/lib/runs/worker";
import { forgetUnusedUploads } from "@/lib/uploads/retention";
import { dueRequests, runWorks } from "./works";

/** Deletes everything that has a retention period; docs/operating.md lists them. */
const forgetOldRows = forgetting({
  checks: forgetOldChecks,
  "previous-secrets": forgetPreviousSecrets,
  "settled-outcomes": forgetSettledOutcomes,
  protections: forgetIdleLockoutStates,
  sessions: forgetEndedSessions,
  invitations: forgetClosedInvitations,
  notices: forgetOldNotices,
  messages: forgetOldMessages,
  outages: forgetOldOutages,
  "message-sends": forgetOldSends,
  "password-resets": forgetOldResets,
  deliveries: forgetOldDeliveries,
  runs: forgetOldRuns,
  "run-parts": forgetOldParts,
  "run-seen": forgetOldSeen,
  "deleted-records": forgetOldDeletedRecords,
  uploads: forgetUnusedUploads,
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

/** The background jobs of the queue; each name is unique. */
export const recurringWorks: readonly RecurringWork[] = [
  forgetOldRows,
  tellAuditHead,
  foldFailures,
  tellEndings,
  sendMessages,
];

/** The pause before background jobs that could not be started are started again. */
const againMs = 5_000;

/**
 * Starts the background jobs of a portal, which answers meanwhile: setting the queue up takes longer than a page. A
 * fault is logged, and the start is tried again.
 */
export function beginBackgroundJobs(): Worker {
  const stopping = new AbortController();
  const started = untilStarted(stopping.signal);
  return {
    stop: async () => {
      stopping.abort();
      await (await started)?.stop();
    },
  };
}

async function untilStarted(signal: AbortSignal): Promise<Worker | null> {
  while (!signal.aborted) {
    try {
      return await startBackgroundJobs();
    } catch (error) {
      log().error({ err: error }, "the background jobs could not be started");
      await sleep(againMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return null;
}

/** Starts all background jobs, due checks and runs in this process; they continue through every database fault. */
export async function startBackgroundJobs(): Promise<Worker> {
  // pg-boss does not await marking a job as done: without this, a database restart at that moment would end the process.
  process.on("unhandledRejection", (error) => log().error({ err: error }, "a background job met a fault"));
  const db = await database();
  return asBackground(db, () => startJobsOn(db));
}

async function startJobsOn(db: Db): Promise<Worker> {
  const jobs = await startWorker(db, recurringWorks);
  const stopping = new AbortController();
  const { signal } = stopping;
  const runs = doRunsUntil(db, { works: runWorks, requests: dueRequests, signal });
  const checks = recheckUntil(db, { signal });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all([jobs.stop(), runs, checks]);
    },
  };
}
