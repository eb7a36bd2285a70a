import "server-only";
import type { Socket } from "node:net";
import type { PhaseReport } from "./approach";
import type { CertificateDetails } from "./certificate-details";
import { dialTarget } from "./dial";
import type { EgressFailure } from "./failure";
import { greetTls } from "./greet-tls";
import type { EgressLimits } from "./limits";
import { isAboutDates, tellWhichIsOutOfDate } from "./out-of-date";
import type { EgressPolicy } from "./policy";
import { presentedBy } from "./presented-by";
import type { ResolvedTarget } from "./resolve-target";

/** A connection for requests, with its verified certificate; null for plain http. */
export type Line =
  | { readonly ok: true; readonly socket: Socket; readonly certificate: CertificateDetails | null }
  | { readonly ok: false; readonly failure: EgressFailure };

/** Connects to the judged target and, for https, makes the handshake. Never throws. */
export async function openLine(
  policy: EgressPolicy,
  target: ResolvedTarget,
  limits: EgressLimits,
  signal?: AbortSignal,
  onPhase?: (phase: PhaseReport["phase"]) => void,
): Promise<Line> {
  const tcp = await dialTarget(target, limits, signal);
  if (!tcp.ok) return tcp;
  onPhase?.("connection");
  if (target.url.protocol === "http:") return { ok: true, socket: tcp.socket, certificate: null };
  const tls = await greetTls(tcp.socket, target, policy, limits.connectMs, signal);
  if (tls.ok) {
    onPhase?.("certificate");
    return tls;
  }
  if (!isAboutDates(tls.failure)) return tls;
  // A refused connection no longer holds the presented chain, so the server is asked for it again.
  const chain = await presentedBy(target, limits, signal);
  return { ok: false, failure: tellWhichIsOutOfDate(tls.failure, chain) };
}
