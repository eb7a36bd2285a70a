import "server-only";
import { recheckCredentials } from "@/lib/credentials/recheck";
import { database } from "@/lib/db/client";
import { startWorker, type Worker } from "@/lib/jobs/worker";

/** Begins to do all background jobs in this process. */
export async function startBackgroundJobs(): Promise<Worker> {
  return startWorker(await database(), recheckCredentials);
}
