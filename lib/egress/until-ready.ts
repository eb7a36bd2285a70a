import "server-only";
import type { Socket } from "node:net";
import { type EgressFailure, failureFrom } from "./failure";
import { startTimeLimit } from "./time-limit";

export type Dialled =
  | { readonly ok: true; readonly socket: Socket }
  | { readonly ok: false; readonly failure: EgressFailure };

/**
 * Waits until a socket is connected or its handshake is done, for `ms` milliseconds at most; otherwise destroys it.
 * Never throws.
 */
export async function untilReady(
  socket: Socket,
  event: "connect" | "secureConnect",
  phase: "connection" | "certificate",
  ms: number,
  signal?: AbortSignal,
): Promise<Dialled> {
  const limit = startTimeLimit(ms, signal);
  try {
    const ready = new Promise<void>((resolve, reject) => {
      socket.once(event, resolve);
      socket.once("error", reject);
      socket.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
    });
    await Promise.race([ready, limit.ended]);
    return { ok: true, socket };
  } catch (error) {
    socket.on("error", () => undefined);
    socket.destroy();
    if (limit.endedBy() === "caller") {
      return { ok: false, failure: { kind: "cancelled", phase, detail: `${phase} cancelled` } };
    }
    if (limit.endedBy() === "time") {
      // A silent port reads the same as a refused one.
      const kind = phase === "connection" ? "unreachable" : "timeout";
      return { ok: false, failure: { kind, phase, detail: `${phase} time limit` } };
    }
    return { ok: false, failure: failureFrom(error, phase) };
  } finally {
    limit.clear();
    // An idle connection may break at any time; without a listener, that would end the process.
    socket.on("error", () => undefined);
  }
}
