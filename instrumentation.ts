import type { Instrumentation } from "next";
import "@/lib/zod-without-eval";
import { databaseFaultOf } from "@/lib/db/fault";
import { noteFault } from "@/lib/http/request-faults";
import { requestIdHeader } from "@/lib/http/request-headers";
import { pathForLog } from "@/lib/text/one-time-tokens";

/** Next's start hook: the portal serves no request until settings, database and keys are verified. */
export async function register(): Promise<void> {
  // A build constant, not a setting: it keeps Node.js modules out of the bundle for the edge runtime.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { rememberPeerAddresses } = await import("@/lib/http/peer-address");
    rememberPeerAddresses();
    const { startPortal } = await import("@/lib/start");
    await startPortal();
    const { answerFaults } = await import("@/lib/http/answer-faults");
    answerFaults();
    const { env } = await import("@/lib/env");
    const { endGracefully } = await import("@/lib/http/graceful-end");
    endGracefully({ drainSeconds: env().DRAIN_SECONDS, finish: await startWork(env().WORKER) });
  }
}

async function startWork(where: "inline" | "off"): Promise<() => Promise<void>> {
  if (where === "off") return async () => undefined;
  const { beginSoon } = await import("@/lib/worker/begin-soon");
  return beginSoon();
}

/** Logs an error in a page with the request's path, but nothing that the user typed. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  const fault = databaseFaultOf(error);
  // Before the first await: the response is written in the meantime.
  if (fault) noteFault(String(request.headers[requestIdHeader] ?? ""), fault);
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { log } = await import("@/lib/log");
    const requestId = request.headers[requestIdHeader];
    log().error({ err: error, fault, requestId, path: pathForLog(request.path) }, "a page could not be made");
  }
};
