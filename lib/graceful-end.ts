import "server-only";
import { subscribe } from "node:diagnostics_channel";
import { Server } from "node:http";

const everyMs = 250;

/**
 * Lets a portal that is asked to end do so as soon as its requests are answered. Next waits for connections, not for requests,
 * and one that has just been used is kept open for the next request: behind a proxy for minutes, longer than whoever asked
 * would wait before they kill. Call once, at the start.
 */
export function closeIdleConnectionsAtEnd(): void {
  const servers = new Set<Server>();
  // Next does not hand its server out; Node names it with each answer. Not with each request: the first one may have come
  // before this start was done, and waits for it.
  subscribe("http.server.response.finish", (message) => {
    if (typeof message !== "object" || message === null || !("server" in message)) return;
    if (message.server instanceof Server) servers.add(message.server);
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.once(signal, () => {
      setInterval(() => servers.forEach((server) => void server.closeIdleConnections()), everyMs).unref();
    });
  }
}
