import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** A TCP connection to a database server that can fail like a real one. */
export type Line = {
  /** The database's address through this line. */
  readonly url: string;
  /** Nothing gets through and nothing is reset: open connections stay open, and new ones stay silent. */
  silence(): void;
  /** New connections get through again; those that fell silent stay silent. */
  restore(): void;
  close(): Promise<void>;
};

/** Opens a line to the server of `databaseUrl`. */
export async function openLine(databaseUrl: string): Promise<Line> {
  const target = new URL(databaseUrl);
  const pairs = new Set<[near: Socket, far: Socket]>();
  const opened = new Set<Socket>();
  let isSilent = false;

  const server = createServer((near) => {
    opened.add(near);
    near.on("error", () => near.destroy());
    if (isSilent) return;
    const far = connect(Number(target.port) || 5432, target.hostname);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    opened.add(far);
    far.on("error", () => near.destroy()).on("close", () => near.destroy());
    near
      .pipe(far)
      .pipe(near)
      .on("close", () => far.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the line has no port");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String(address.port);
  return {
    url: url.href,
    silence: () => {
      isSilent = true;
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },
    restore: () => {
      isSilent = false;
    },
    close: async () => {
      server.close();
      for (const socket of opened) socket.destroy();
      await once(server, "close");
    },
  };
}
