import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@/lib/log";

const everyMs = 250;
/** Long enough for a request in transit on a new connection. */
const silentMs = 1_000;
// Jobs cut off by this limit are handed to another worker.
const finishLimitMs = 15_000;

// On globalThis, because Next bundles the start hook and the health route separately.
const holder: typeof globalThis & { latchkeyIsEnding?: boolean } = globalThis;

/** True after this process was asked to end: it still answers, but should get no new requests. */
export function isEnding(): boolean {
  return holder.latchkeyIsEnding === true;
}

type Ending = {
  /** How long requests are answered as before after SIGTERM, until load balancers notice that this process ends. */
  readonly drainSeconds: number;
  /** What else must end before the process does. */
  readonly finish: () => Promise<void>;
};

/**
 * Ends the portal without losing a request. On SIGTERM it goes on answering for `drainSeconds`, reports not ready and
 * asks each client to close its connection; only then does it stop listening. Next's own way, to stop listening at
 * once, resets requests in transit. SIGINT, from a terminal, does not wait for new requests. Call once, at the start.
 */
export function endGracefully({ drainSeconds, finish }: Ending): void {
  const servers = watchServers();
  const connections = watchConnections();
  // Next's own handler: stops listening, waits until every connection is closed, and ends the process.
  const closeAndExit = process.listeners("SIGTERM");
  process.removeAllListeners("SIGTERM");
  // A used connection is kept open for the next request: behind a proxy for minutes. Node's server does not count those
  // as idle that have sent nothing, or half a request, and it limits their time only until it stops listening.
  const closeUnused = () => {
    for (const server of servers) server.closeIdleConnections();
    for (const [socket, { requests, since }] of connections) {
      if (requests === 0 && performance.now() - since > silentMs) socket.destroy();
    }
  };
  let begun = false;
  const end = async (seconds: number): Promise<void> => {
    if (begun) return;
    begun = true;
    holder.latchkeyIsEnding = true;
    await Promise.all([sleep(seconds * 1000), finishInTime(finish)]);
    setInterval(closeUnused, everyMs).unref();
    for (const close of closeAndExit) close("SIGTERM");
    if (closeAndExit.length === 0) process.exit(0);
  };
  process.on("SIGTERM", () => void end(drainSeconds));
  process.once("SIGINT", () => {
    setInterval(closeUnused, everyMs).unref();
    void finishInTime(finish);
  });
}

/** Resolves once `finish` is done, failed, or out of time: an unreachable database must not keep a process from ending. */
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
  // Next does not expose its server; Node publishes it with each request, and with each response to a request that
  // came before this start-up step.
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

/** The requests that are being answered on a connection, and since when that number holds. */
type Use = { requests: number; since: number };

function watchConnections(): ReadonlyMap<Socket, Readonly<Use>> {
  const connections = new Map<Socket, Use>();
  // Node publishes these objects.
  subscribe("net.server.socket", (message) => {
    const { socket } = message as { socket: Socket };
    connections.set(socket, { requests: 0, since: performance.now() });
    socket.once("close", () => connections.delete(socket));
  });
  const count = (change: 1 | -1) => (message: unknown) => {
    const use = connections.get((message as { socket: Socket }).socket);
    if (!use) return;
    use.requests += change;
    use.since = performance.now();
  };
  subscribe("http.server.request.start", count(1));
  subscribe("http.server.response.finish", count(-1));
  return connections;
}
