/** Why a call brought no usable answer. A closed list; may be shown, together with the certificate's reason. */
export type EgressFailureKind =
  | "scheme"
  | "forbidden-port"
  | "forbidden-address"
  | "not-allow-listed"
  | "name-unknown"
  | "dns-error"
  | "unreachable"
  | "timeout"
  | "certificate"
  | "not-tls"
  | "tls-expected"
  | "too-large"
  | "headers-too-large"
  | "bad-encoding"
  | "malformed"
  | "busy"
  | "cancelled";

export type CertificateFailureReason =
  | "expired"
  | "not-yet-valid"
  | "wrong-host"
  | "self-signed"
  | "untrusted-issuer"
  | "incomplete-chain"
  | "old-tls"
  | "other";

/** How far a call came. */
export type EgressPhase = "address" | "name" | "connection" | "certificate" | "exchange";

export type EgressFailure = {
  readonly kind: EgressFailureKind;
  readonly phase: EgressPhase;
  /** With kind `certificate` only. */
  readonly certificateReason?: CertificateFailureReason;
  /**
   * For the log, never for people: tells refused, silent and unroutable apart, which would make the portal a port
   * scanner. Made of codes and addresses; never of header values or of anything that the server wrote.
   */
  readonly detail: string;
};

/** Node's codes for certificates (https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes). */
const certificateCodes: Readonly<Record<string, CertificateFailureReason>> = {
  CERT_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "not-yet-valid",
  ERR_TLS_CERT_ALTNAME_INVALID: "wrong-host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "untrusted-issuer",
  UNABLE_TO_GET_ISSUER_CERT: "untrusted-issuer",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "untrusted-issuer",
  CERT_UNTRUSTED: "untrusted-issuer",
  INVALID_CA: "untrusted-issuer",
  // Only the server's own certificate came: an intermediate is missing, or a private authority signed it directly.
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "incomplete-chain",
  ERR_SSL_UNSUPPORTED_PROTOCOL: "old-tls",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "old-tls",
  ERR_SSL_VERSION_TOO_LOW: "old-tls",
  CERT_SIGNATURE_FAILURE: "other",
  CERT_REVOKED: "other",
  CERT_REJECTED: "other",
  CERT_CHAIN_TOO_LONG: "other",
  INVALID_PURPOSE: "other",
  PATH_LENGTH_EXCEEDED: "other",
  HOSTNAME_MISMATCH: "wrong-host",
};

/** What OpenSSL says when the other side answers a TLS greeting with plain text. */
const plainTextCodes = new Set([
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_PACKET_LENGTH_TOO_LONG",
  "ERR_SSL_HTTP_REQUEST",
  "ERR_SSL_RECORD_LAYER_FAILURE",
]);

const lostCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "EINVAL",
  "EACCES",
  "EPERM",
  "ETIMEDOUT",
]);

/** The `code` of a Node error, or null. */
export function codeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/** Sorts an error of `node:net`, `node:tls` or `node:http` into its class. Whatever is not known is `malformed`. */
export function failureFrom(error: unknown, phase: EgressPhase): EgressFailure {
  const code = codeOf(error) ?? (error instanceof Error ? error.name : typeof error);
  const detail = `${phase} ${code}`;
  const reason = Object.hasOwn(certificateCodes, code) ? certificateCodes[code] : undefined;
  if (reason !== undefined) return { kind: "certificate", phase, certificateReason: reason, detail };
  if (plainTextCodes.has(code)) return { kind: "not-tls", phase, detail };
  if (code === "HPE_HEADER_OVERFLOW") return { kind: "headers-too-large", phase, detail };
  if (lostCodes.has(code)) return { kind: "unreachable", phase, detail };
  // Any other complaint of OpenSSL in the middle of a greeting: ciphers, a wish for a client certificate …
  if (phase === "certificate") return { kind: "certificate", phase, certificateReason: "other", detail };
  return { kind: phase === "connection" ? "unreachable" : "malformed", phase, detail };
}
