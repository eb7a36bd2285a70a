import "server-only";
import { isIP, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from "node:tls";
import { type CertificateDetails, certificateDetails } from "./certificate-details";
import { codeOf, type EgressFailure, failureFrom, isAboutCallersCertificate } from "./failure";
import { trustFor } from "./origin-trust";
import type { EgressPolicy } from "./policy";
import { presentedChain } from "./presented-certificate";
import type { ResolvedTarget } from "./resolve-target";
import { secureContextFor } from "./secure-contexts";
import { untilReady } from "./until-ready";

export type Greeted =
  | { readonly ok: true; readonly socket: TLSSocket; readonly certificate: CertificateDetails | null }
  | { readonly ok: false; readonly failure: EgressFailure };

/**
 * Makes a TLS 1.2 or newer handshake over an open connection. Always verifies chain and name; no switch disables
 * that. A certificate pinned for this origin is accepted within its dates; any other certificate of the origin is
 * verified as usual. The connection is returned, and can be used, only after that.
 */
export async function greetTls(
  tcp: Socket,
  target: ResolvedTarget,
  policy: EgressPolicy,
  connectMs: number,
  signal?: AbortSignal,
): Promise<Greeted> {
  const { authorities, pins } = trustFor(policy.trusts, target.url.origin);
  const hasPins = pins.length > 0;
  const socket = connectTls({
    ...greeting(tcp, target),
    // With a pin, Node still verifies the chain, and `refuse` decides below.
    rejectUnauthorized: !hasPins,
    secureContext: secureContextFor(policy.caCertificates ?? [], authorities),
  });
  let isUnwelcome = false;
  // Read now: a closed socket no longer knows whether it was presented a certificate.
  socket.once("error", (error) => {
    isUnwelcome = isAboutCallersCertificate(error) && presentedChain(socket).length > 0;
  });
  const greeted = await untilReady(socket, "secureConnect", "certificate", connectMs, signal);
  const code = greeted.ok && hasPins ? refuse(socket, pins) : null;
  if (greeted.ok && code === null) return { ok: true, socket, certificate: certificateDetails(socket) };
  socket.destroy();
  tcp.destroy();
  const failure = greeted.ok ? failureFrom({ code }, "certificate") : greeted.failure;
  if (isUnwelcome) {
    return {
      ok: false,
      failure: { kind: "client-certificate", phase: "certificate", detail: failure.detail },
    };
  }
  return { ok: false, failure };
}

/** TLS options of every handshake, whatever the trust. */
export function greeting(tcp: Socket, target: ResolvedTarget): ConnectionOptions {
  return {
    socket: tcp,
    host: target.host,
    ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
    ALPNProtocols: ["http/1.1"],
    minVersion: "TLSv1.2",
  };
}

/** Node's code for refusing the certificate; null if it is pinned and in date, or verified. */
function refuse(socket: TLSSocket, pins: readonly string[]): string | null {
  const certificate = socket.getPeerX509Certificate();
  if (certificate !== undefined && pins.includes(certificate.fingerprint256)) {
    if (!(Date.now() >= Date.parse(certificate.validFrom))) return "CERT_NOT_YET_VALID";
    return Date.now() <= Date.parse(certificate.validTo) ? null : "CERT_HAS_EXPIRED";
  }
  if (socket.authorized) return null;
  // Node types it as an Error, but it is the error's code (lib/internal/tls: `verifyError.code || verifyError.message`).
  const error: unknown = socket.authorizationError;
  return typeof error === "string" ? error : (codeOf(error) ?? "unknown");
}
