import "server-only";
import { connect as connectTcp, isIP, type LookupFunction } from "node:net";
import { isSameAddress } from "@/lib/egress/address-kind";
import type { ResolvedTarget } from "@/lib/egress/resolve-target";
import { startTimeLimit } from "@/lib/egress/time-limit";
import { type Dialled, untilReady } from "@/lib/egress/until-ready";

/**
 * Opens a TCP connection to the target's judged addresses and to nothing else, trying them side by side. A port that refuses
 * is told as late as one that stays silent: else the clock would tell what "unreachable" keeps to itself.
 */
export async function dialTcp(
  target: ResolvedTarget,
  connectMs: number,
  signal?: AbortSignal,
): Promise<Dialled> {
  const began = performance.now();
  const socket = connectTcp({
    host: target.host,
    port: target.port,
    lookup: pinnedLookUp(target.addresses),
    autoSelectFamily: true,
    // Room for the last address even when all others are silent.
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(connectMs / (target.addresses.length + 1))),
  });
  const opened = await untilReady(socket, "connect", "connection", connectMs, signal);
  if (!opened.ok) {
    const isRefusal = opened.failure.kind === "unreachable";
    if (isRefusal) await pause(connectMs - (performance.now() - began), signal);
    return opened;
  }
  // Belt and braces: the judged list is what we connect to, whatever a later Node does with the hook.
  const remote = socket.remoteAddress ?? "";
  if (target.addresses.some((address) => isSameAddress(address, remote))) return { ok: true, socket };
  socket.destroy();
  const detail = `connection went to ${remote}, which was not judged`;
  return { ok: false, failure: { kind: "forbidden-address", phase: "connection", detail } };
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  const limit = startTimeLimit(Math.max(0, ms), signal);
  await limit.ended.catch(() => undefined);
  limit.clear();
}

/** For IP literals Node skips the hook; they were judged when the address was read. */
function pinnedLookUp(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    if (options.all) callback(null, entries);
    else callback(null, entries[0]?.address ?? "", entries[0]?.family ?? 0);
  };
}
