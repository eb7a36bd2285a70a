import { finishInTime } from "@/lib/http/graceful-end";
import { log } from "@/lib/log";
import { startWorkerProcess } from "@/lib/start";
import { startBackgroundJobs } from "./jobs";

// A process with background jobs only, beside portals with WORKER=off.
await startWorkerProcess();
const worker = await startBackgroundJobs();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, async () => {
    await finishInTime(() => worker.stop());
    process.exit(0);
  });
}
log().info("worker ready");
