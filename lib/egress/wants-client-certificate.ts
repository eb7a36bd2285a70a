import "server-only";
import type { Socket } from "node:net";
import { type ApproachOptions, approach } from "./approach";
import { isAboutCallersCertificate } from "./failure";
import { openLine } from "./open-line";
import type { EgressPolicy } from "./policy";
import { startTimeLimit } from "./time-limit";

/** A server that requires a client certificate complains right after the handshake. */
const patienceMs = 1_000;

/**
 * True if an https server complains about a missing client certificate when it gets no request after the handshake.
 * In TLS 1.3 the complaint comes after the handshake, where a reset may lose it if a request is already on its way.
 * Never throws.
 */
export async function wantsClientCertificate(
  policy: EgressPolicy,
  origin: string,
  options: ApproachOptions,
): Promise<boolean> {
  if (!origin.startsWith("https://")) return false;
  const approached = await approach(policy, origin, options);
  if (!approached.ok) return false;
  const { target, limits, release } = approached;
  try {
    const line = await openLine(policy, target, limits, options.signal);
    if (!line.ok) return line.failure.kind === "client-certificate";
    return await isUnwelcome(line.socket, options.signal);
  } finally {
    release();
  }
}

async function isUnwelcome(socket: Socket, signal: AbortSignal | undefined): Promise<boolean> {
  const limit = startTimeLimit(patienceMs, signal);
  const ended = new Promise<boolean>((resolve) => {
    socket.once("error", (error) => resolve(isAboutCallersCertificate(error)));
    socket.once("close", () => resolve(false));
    socket.resume();
  });
  const isSo = await Promise.race([ended, limit.ended.catch(() => false)]);
  limit.clear();
  socket.destroy();
  return isSo;
}
