import "server-only";
import { connect as connectTls } from "node:tls";
import { dialTarget } from "./dial";
import { greeting } from "./greet-tls";
import type { EgressLimits } from "./limits";
import { type PresentedCertificate, presentedChain } from "./presented-certificate";
import type { ResolvedTarget } from "./resolve-target";
import { trustNobody } from "./secure-contexts";
import { untilReady } from "./until-ready";

/**
 * The certificates that a server presents, its own first; empty without a handshake. The only code that makes an
 * unverified handshake: it sends nothing, never returns the connection and ends it at once.
 */
export async function presentedBy(
  target: ResolvedTarget,
  limits: EgressLimits,
  signal?: AbortSignal,
): Promise<PresentedCertificate[]> {
  const tcp = await dialTarget(target, limits, signal);
  if (!tcp.ok) return [];
  const socket = connectTls({
    ...greeting(tcp.socket, target),
    rejectUnauthorized: false,
    secureContext: trustNobody(),
  });
  const greeted = await untilReady(socket, "secureConnect", "certificate", limits.connectMs, signal);
  const chain = greeted.ok ? presentedChain(socket) : [];
  socket.destroy();
  tcp.socket.destroy();
  return chain;
}
