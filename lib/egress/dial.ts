import "server-only";
import { connect as connectTcp, isIP, type LookupFunction } from "node:net";
import { isSameAddress } from "./address-kind";
import { dialThroughProxy } from "./dial-proxy";
import type { EgressLimits } from "./limits";
import { pauseUntil } from "./pause";
import type { ResolvedTarget } from "./resolve-target";
import { type Dialled, untilReady } from "./until-ready";

/** Opens a connection to a judged target, directly or through its proxy. Never throws. */
export function dialTarget(
  target: ResolvedTarget,
  limits: EgressLimits,
  signal?: AbortSignal,
): Promise<Dialled> {
  const { way } = target;
  return way.kind === "proxy"
    ? dialThroughProxy(way.proxy, target, limits, signal)
    : dialTcp(target, way.addresses, limits.connectMs, signal);
}

/**
 * Opens a TCP connection to the target's judged addresses only, trying them side by side. A refused port is reported
 * as late as a silent one: otherwise the time would reveal what "unreachable" hides.
 */
async function dialTcp(
  { host, port }: ResolvedTarget,
  addresses: readonly string[],
  connectMs: number,
  signal?: AbortSignal,
): Promise<Dialled> {
  const began = performance.now();
  const socket = connectTcp({
    host,
    port,
    lookup: pinnedLookup(addresses),
    autoSelectFamily: true,
    // Leaves time for the last address even if all others are silent.
    autoSelectFamilyAttemptTimeout: Math.max(10, Math.floor(connectMs / (addresses.length + 1))),
  });
  const opened = await untilReady(socket, "connect", "connection", connectMs, signal);
  if (!opened.ok) {
    const isRefusal = opened.failure.kind === "unreachable";
    if (isRefusal) await pauseUntil(began + connectMs, signal);
    return opened;
  }
  // A second safeguard: connect only to judged addresses, whatever a later Node version does with the hook.
  const remote = socket.remoteAddress ?? "";
  if (addresses.some((address) => isSameAddress(address, remote))) return { ok: true, socket };
  socket.destroy();
  const detail = `connection went to ${remote}, which was not judged`;
  return { ok: false, failure: { kind: "forbidden-address", phase: "connection", detail } };
}

/** Node skips the hook for IP literals; those were judged with the URL. */
function pinnedLookup(addresses: readonly string[]): LookupFunction {
  const entries = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    if (options.all) callback(null, entries);
    else callback(null, entries[0]?.address ?? "", entries[0]?.family ?? 0);
  };
}
