import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { Server, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";

const everyMs = 250;
// What it cuts off is given to another worker.
const finishLimitMs = 15_000;

// On globalThis, because Next bundles the start hook and the route that tells apart.
const holder: typeof globalThis & { latchkeyIsEnding?: boolean } = globalThis;

/** True once this process was asked to end: it still answers, and nothing new should be sent to it. */
export function isEnding(): boolean {
  return holder.latchkeyIsEnding === true;
}

type Ending = {
  /** How long requests are answered as before after SIGTERM, while whoever sends them learns that this process ends. */
  readonly drainSeconds: number;
  /** What else must end before the process may. */
  readonly finish: () => Promise<void>;
};

/**
 * Ends the portal so that nothing sent to it is lost. On SIGTERM it goes on answering for `drainSeconds`, not ready any
 * more and asking each client to open no further request on its connection; only then does it stop listening. Next's own
 * way, to stop listening at once, resets what is on its way. SIGINT, a person at the terminal, waits for nothing new.
 * Call once, at the start.
 */
export function endGracefully({ drainSeconds, finish }: Ending): void {
  const servers = watchServers();
  // Next's own: it stops listening, waits until every connection is closed, and ends the process.
  const closeAndExit = process.listeners("SIGTERM");
  process.removeAllListeners("SIGTERM");
  let begun = false;
  const end = async (seconds: number): Promise<void> => {
    if (begun) return;
    begun = true;
    holder.latchkeyIsEnding = true;
    await Promise.all([sleep(seconds * 1000), finishInTime(finish)]);
    // A connection that was just used is kept open for the next request: behind a proxy for minutes.
    setInterval(() => servers.forEach((server) => void server.closeIdleConnections()), everyMs).unref();
    for (const close of closeAndExit) close("SIGTERM");
    if (closeAndExit.length === 0) process.exit(0);
  };
  process.on("SIGTERM", () => void end(drainSeconds));
  process.once("SIGINT", () => {
    setInterval(() => servers.forEach((server) => void server.closeIdleConnections()), everyMs).unref();
    void finishInTime(finish);
  });
}

/** Resolves once `finish` is done, failed, or has had its time: a database that is away must not keep a process from ending. */
export async function finishInTime(finish: () => Promise<void>): Promise<void> {
  const late = sleep(finishLimitMs, undefined, { ref: false }).then(() => {
    throw new Error(`not done after ${finishLimitMs / 1000} s`);
  });
  await Promise.race([finish(), late]).catch((error: unknown) => {
    log().warn({ err: error }, "background jobs did not end in time");
  });
}

function watchServers(): Set<Server> {
  const servers = new Set<Server>();
  // Next does not hand its server out; Node names it with each request, and with each answer to a request that came before
  // this start was done.
  for (const channel of ["http.server.request.start", "http.server.response.finish"]) {
    subscribe(channel, (message) => {
      if (typeof message !== "object" || message === null || !("server" in message)) return;
      if (message.server instanceof Server) servers.add(message.server);
      const response = "response" in message ? message.response : null;
      const asksToClose = isEnding() && response instanceof ServerResponse && !response.headersSent;
      if (asksToClose) response.setHeader("Connection", "close");
    });
  }
  return servers;
}
