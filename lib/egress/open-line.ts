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

/** A connection over which a request may be sent, with the certificate that was verified; null for plain http. */
export type Line =
  | { readonly ok: true; readonly socket: Socket; readonly certificate: CertificateDetails | null }
  | { readonly ok: false; readonly failure: EgressFailure };

/** Connects to the judged target and, for https, greets it. Never throws. */
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
  // A refused connection no longer tells what was presented on it, so the server is asked to show it once more.
  const chain = await presentedBy(target, limits, signal);
  return { ok: false, failure: tellWhichIsOutOfDate(tls.failure, chain) };
}
