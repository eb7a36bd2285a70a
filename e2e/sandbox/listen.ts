import type { AddressInfo, Server, Socket } from "node:net";

const FREE_PORT_TRIES = 10;

export interface Listening {
  port: number;
  close: () => Promise<void>;
}

/**
 * Listens on 127.0.0.1 and on ::1 with the same port, because `localhost` may lead to either; `makeServer` is called
 * for each. Port 0 takes a free one; rejects with EADDRINUSE when a wanted port is busy.
 */
export async function listenOnLoopback(port: number, makeServer: () => Server): Promise<Listening> {
  for (let tries = 1; ; tries += 1) {
    const first = await listen(port, "127.0.0.1", makeServer());
    try {
      const second = await listen(first.port, "::1", makeServer());
      return { port: first.port, close: () => closeAll([first, second]) };
    } catch (error) {
      // A machine without IPv6 has no ::1 to listen on, and no localhost that leads there.
      if (codeOf(error) !== "EADDRINUSE") return first;
      await first.close();
      // A free port of 127.0.0.1 may be taken on ::1: then another one will do.
      if (port !== 0 || tries === FREE_PORT_TRIES) throw error;
    }
  }
}

/** Listens on the wanted port, or on a free one when something else has it. */
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

/** Closes all of them at once. */
export async function closeAll(all: readonly Listening[]): Promise<void> {
  await Promise.all(all.map((one) => one.close()));
}

async function listen(port: number, host: string, server: Server): Promise<Listening> {
  // Kept by hand, since http knows only connections with a request and TLS only those that finished its greeting.
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
    // A server that listens on a port has an address object; text is for pipes, null for closed ones.
    port: (server.address() as AddressInfo).port,
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}
