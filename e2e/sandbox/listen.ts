import type { AddressInfo, Server, Socket } from "node:net";

const FREE_PORT_TRIES = 10;

export interface Listening {
  port: number;
  close: () => Promise<void>;
}

/**
 * Listens on 127.0.0.1 and ::1 with the same port, because `localhost` may resolve to either; calls `makeServer` for
 * each. Port 0 takes a free one; an occupied port rejects with EADDRINUSE.
 */
export async function listenOnLoopback(port: number, makeServer: () => Server): Promise<Listening> {
  for (let tries = 1; ; tries += 1) {
    const first = await listen(port, "127.0.0.1", makeServer());
    try {
      const second = await listen(first.port, "::1", makeServer());
      return { port: first.port, close: () => closeAll([first, second]) };
    } catch (error) {
      // A machine without IPv6 has no ::1, and its localhost does not resolve there.
      if (codeOf(error) !== "EADDRINUSE") return first;
      await first.close();
      // A free port of 127.0.0.1 may be occupied on ::1, so another one is tried.
      if (port !== 0 || tries === FREE_PORT_TRIES) throw error;
    }
  }
}

/** Listens on the wanted port, or on a free one if that is occupied. */
export async function listenNear(port: number, makeServer: () => Server): Promise<Listening> {
  try {
    return await listenOnLoopback(port, makeServer);
  } catch (error) {
    if (codeOf(error) !== "EADDRINUSE") throw error;
    return listenOnLoopback(0, makeServer);
  }
}

/** The code of a system error, such as EADDRINUSE. */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** Closes all of them in parallel. */
export async function closeAll(all: readonly Listening[]): Promise<void> {
  await Promise.all(all.map((one) => one.close()));
}

async function listen(port: number, host: string, server: Server): Promise<Listening> {
  // Tracked here, because http knows only connections with a request, and TLS only those after the handshake.
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  return {
    // A server that listens on a port has an address object; text is for pipes, null for closed servers.
    port: (server.address() as AddressInfo).port,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}
