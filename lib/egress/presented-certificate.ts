import "server-only";
import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";

/** A certificate as a user must see it before trusting it. Untrusted text, cleaned and capped. */
export type PresentedCertificate = {
  /** SHA-256 over the certificate, as pairs of upper-case hex digits with colons. */
  readonly sha256: string;
  readonly subject: string;
  /** The names and addresses that it is valid for. */
  readonly names: readonly string[];
  readonly issuer: string;
  /** ISO 8601 instants. */
  readonly validFrom: string;
  readonly validTo: string;
  /** True if it may sign other certificates. */
  readonly isAuthority: boolean;
  readonly isSelfSigned: boolean;
  readonly pem: string;
};

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;
/** A chain has three or four certificates; a whole bundle of authorities is more than one should trust at once. */
const mostInOneText = 10;
const mostNames = 20;

/** All certificates of a PEM text, in order; null if there are none, one cannot be read, or there are more than ten. */
export function readPem(text: string): PresentedCertificate[] | null {
  const blocks = text.match(pemBlock) ?? [];
  if (blocks.length === 0 || blocks.length > mostInOneText) return null;
  const read = blocks.map((block) => describeCertificate(block));
  const certificates = read.filter((one) => one !== null);
  return certificates.length === read.length ? certificates : null;
}

/**
 * The certificates that the peer presented: its own first, then its issuers, as far as it sends them or the context
 * knows them. Empty before the handshake presents any, and for a closed socket.
 */
export function presentedChain(socket: TLSSocket): PresentedCertificate[] {
  const chain: PresentedCertificate[] = [];
  const seen = new Set<string>();
  let link = socket.getPeerCertificate(true);
  // A root names itself as its issuer; if the server did not send the root, the last issuer is missing.
  while (link?.raw !== undefined && !seen.has(link.fingerprint256)) {
    seen.add(link.fingerprint256);
    const described = describeCertificate(link.raw);
    if (described !== null) chain.push(described);
    link = link.issuerCertificate;
  }
  return chain;
}

/** The contents of a certificate in PEM or DER; null for anything else. */
export function describeCertificate(encoded: string | Buffer): PresentedCertificate | null {
  try {
    const certificate = new X509Certificate(encoded);
    return {
      sha256: certificate.fingerprint256,
      subject: oneLine(certificate.subject),
      names: namesOf(certificate.subjectAltName),
      issuer: oneLine(certificate.issuer),
      validFrom: new Date(certificate.validFrom).toISOString(),
      validTo: new Date(certificate.validTo).toISOString(),
      isAuthority: certificate.ca,
      isSelfSigned: certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey),
      pem: certificate.toString(),
    };
  } catch {
    return null;
  }
}

/** Node writes one part of a name per line: `CN=…`, `O=…`. Undefined for a certificate without a name. */
function oneLine(name: string | undefined): string {
  return clean((name ?? "").split("\n").join(", ")) || "no name";
}

/** `DNS:a.example, IP Address:10.0.0.1`; a name with odd characters comes quoted, as JSON. */
function namesOf(alternatives: string | undefined): string[] {
  const entries = alternatives?.match(/[A-Za-z ]+:(?:"(?:[^"\\]|\\.)*"|[^",]*)/g) ?? [];
  return entries
    .slice(0, mostNames)
    .map((entry) => clean(entry.trim().replace(/^(?:DNS|IP Address):/, "")))
    .filter((name) => name !== "");
}

function clean(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .trim()
    .slice(0, 200);
}
