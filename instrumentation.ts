import type { Instrumentation } from "next";
import "@/lib/zod-without-eval";

/** Next's start hook: the portal answers its first request only after settings, database and keys have been proven. */
export async function register(): Promise<void> {
  // A constant of the build, not a setting: it keeps Node.js modules out of the bundle for the edge runtime.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startPortal } = await import("@/lib/start");
    await startPortal();
    const { closeIdleConnectionsAtEnd } = await import("@/lib/graceful-end");
    closeIdleConnectionsAtEnd();
    const { env } = await import("@/lib/env");
    if (env().WORKER === "off") return;
    const { startBackgroundJobs } = await import("@/lib/credentials/background-jobs");
    const worker = await startBackgroundJobs();
    // Next ends the process once its requests are answered; jobs that this cuts off are taken over.
    process.once("SIGTERM", () => void worker.stop());
  }
}

/** What went wrong while a page was made: into the one log, with its request's path but nothing that was typed. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { log } = await import("@/lib/log");
    log().error({ err: error, path: request.path.split("?")[0] }, "a page could not be made");
  }
};
