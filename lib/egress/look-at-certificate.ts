import "server-only";
import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { type ApproachOptions, approach } from "./approach";
import type { EgressFailure } from "./failure";
import type { EgressLimits } from "./limits";
import { openLine } from "./open-line";
import type { EgressPolicy } from "./policy";
import { presentedBy } from "./presented-by";
import type { PresentedCertificate } from "./presented-certificate";
import type { ResolvedTarget } from "./resolve-target";

export type CertificateLook =
  | {
      readonly ok: true;
      /** The server's own certificate first, then its issuers, as far as the server sends them. */
      readonly chain: readonly [PresentedCertificate, ...PresentedCertificate[]];
      /** True if the server's own certificate is for the requested host; verification may stop before it compares. */
      readonly isForHost: boolean;
      /** Why a call would be refused now; null if it would not be. */
      readonly refusal: EgressFailure | null;
    }
  | { readonly ok: false; readonly failure: EgressFailure };

/**
 * The certificates that a server presents, trusted or not, and the policy's verdict on them. Makes two handshakes and
 * sends nothing after them. Never throws; a server without a TLS handshake is a failure.
 */
export async function lookAtCertificate(
  policy: EgressPolicy,
  origin: string,
  options: ApproachOptions = {},
): Promise<CertificateLook> {
  const approached = await approach(policy, origin, options);
  if (!approached.ok) return approached;
  const { target, limits, release } = approached;
  try {
    if (target.url.protocol === "http:") return { ok: false, failure: plainHttp };
    const refusal = await judge(policy, target, limits, options.signal);
    if (refusal !== null && refusal.kind !== "certificate") return { ok: false, failure: refusal };
    const [own, ...others] = await presentedBy(target, limits, options.signal);
    if (own !== undefined) {
      return { ok: true, chain: [own, ...others], isForHost: isFor(own, target.host), refusal };
    }
    return { ok: false, failure: refusal ?? vanished };
  } finally {
    release();
  }
}

function isFor({ pem }: PresentedCertificate, host: string): boolean {
  const certificate = new X509Certificate(pem);
  return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
}

const plainHttp: EgressFailure = { kind: "scheme", phase: "address", detail: "address without TLS" };
const vanished: EgressFailure = { kind: "unreachable", phase: "connection", detail: "connection not again" };

async function judge(
  policy: EgressPolicy,
  target: ResolvedTarget,
  limits: EgressLimits,
  signal?: AbortSignal,
): Promise<EgressFailure | null> {
  const line = await openLine(policy, target, limits, signal);
  if (!line.ok) return line.failure;
  line.socket.destroy();
  return null;
}
