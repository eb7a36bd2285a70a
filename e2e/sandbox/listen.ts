import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const FREE_PORT_TRIES = 10;

export interface Listening {
  port: number;
  close: () => Promise<void>;
}

/**
 * Listens on 127.0.0.1 and on ::1 with the same port, because `localhost` may lead to either.
 * Port 0 takes a free one; rejects with EADDRINUSE when a wanted port is busy.
 */
export async function listenOnLoopback(port: number, listener: RequestListener): Promise<Listening> {
  for (let tries = 1; ; tries += 1) {
    const first = await listen(port, "127.0.0.1", listener);
    const chosen = portOf(first);
    try {
      const second = await listen(chosen, "::1", listener);
      return { port: chosen, close: () => closeAll([first, second]) };
    } catch (error) {
      if (codeOf(error) !== "EADDRINUSE") {
        // A machine without IPv6 has no ::1 to listen on, and no localhost that leads there.
        return { port: chosen, close: () => closeAll([first]) };
      }
      await closeAll([first]);
      // A free port of 127.0.0.1 may be taken on ::1: then another one will do.
      if (port !== 0 || tries === FREE_PORT_TRIES) throw error;
    }
  }
}

/** The code of a system error, such as EADDRINUSE. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function listen(port: number, host: string, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server);
    });
  });
}

function portOf(server: Server): number {
  // A server that listens on a port has an address object; text is for pipes, null for closed ones.
  return (server.address() as AddressInfo).port;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    }),
  );
}
