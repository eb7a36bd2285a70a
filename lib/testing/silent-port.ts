import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { fileURLToPath } from "node:url";

/** A port of this machine that drops every connection attempt, as a firewall does. */
export type SilentPort = { readonly port: number; readonly close: () => void };

/**
 * Makes a silent port: a process listens, stops and never accepts; once its short queue is full, Linux drops further
 * attempts. Null on systems that refuse instead, where there is nothing to compare.
 */
export async function makeSilentPort(): Promise<SilentPort | null> {
  const child = fork(fileURLToPath(import.meta.url), ["sleep"], { execArgv: ["--import", "tsx"] });
  const [port] = await once(child, "message");
  const queue = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  await new Promise((resolve) => setTimeout(resolve, 200));
  const close = () => end(child, queue);
  if (queue.some((socket) => socket.connecting)) return { port, close };
  close();
  return null;
}

function end(child: ChildProcess, queue: readonly Socket[]): void {
  for (const socket of queue) socket.destroy();
  child.kill("SIGKILL");
}

if (process.argv[2] === "sleep") {
  const server = createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    // A listening TCP server's address has this shape; only pipes have a string.
    process.send?.((server.address() as AddressInfo).port, undefined, {}, () => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });
  });
}
