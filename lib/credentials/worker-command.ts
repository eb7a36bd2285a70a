import { log } from "@/lib/log";
import { startWorkerProcess } from "@/lib/start";
import { startBackgroundJobs } from "./background-jobs";

// A process that does background jobs alone, beside portals with WORKER=off.
await startWorkerProcess();
// pg-boss does not wait for a job to be marked as done: without this, a database that restarts at that moment would end us.
process.on("unhandledRejection", (error) => log().error({ err: error }, "a background job met a fault"));
const worker = await startBackgroundJobs();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, async () => {
    await worker.stop();
    process.exit(0);
  });
}
log().info("worker ready");
