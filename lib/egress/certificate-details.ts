import "server-only";
import type { TLSSocket } from "node:tls";

/** The details of a server's certificate that may be stored. Untrusted text, capped. */
export type CertificateDetails = {
  /** ISO 8601 instants. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly issuer: string | null;
  /** SHA-256 over the certificate, as pairs of hex digits with colons. */
  readonly sha256: string;
};

/** Reads the certificate of an open connection; null if the peer presented none that can be read. */
export function certificateDetails(socket: TLSSocket): CertificateDetails | null {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())) return null;
  return {
    validFrom: from.toISOString(),
    validTo: to.toISOString(),
    issuer: commonName(certificate.issuer),
    sha256: certificate.fingerprint256,
  };
}

function commonName(issuer: string | undefined): string | null {
  const name = /^(?:CN|O)=(.+)$/m.exec(issuer ?? "")?.[1];
  return name?.replace(/\p{C}/gu, "").slice(0, 100) ?? null;
}
