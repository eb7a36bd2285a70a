import "server-only";
import { database } from "@/lib/db/client";
import { startWorker, type Worker } from "@/lib/jobs/worker";
import { recheckCredentials } from "./recheck";

/** Begins to do all background jobs in this process. */
export async function startBackgroundJobs(): Promise<Worker> {
  return startWorker(await database(), recheckCredentials);
}
