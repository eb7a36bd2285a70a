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
  | "client-certificate"
  // Failures of the outgoing proxy: unreachable, silent, sign-in required, refused, or unable to reach the server.
  | "proxy-unreachable"
  | "proxy-silent"
  | "proxy-sign-in"
  | "proxy-refuses"
  | "proxy-no-way"
  | "proxy-unreadable"
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
  // The server's own certificate is in date, but an intermediate or root certificate above it is not.
  | "intermediate-expired"
  | "intermediate-not-yet-valid"
  | "authority-expired"
  | "authority-not-yet-valid"
  | "old-tls"
  | "other";

/** The kind of address that was refused; fit for users. `loopback-name`: the name resolves to the portal's machine. */
export type AddressCause =
  | "loopback"
  | "loopback-name"
  | "link-local"
  | "metadata"
  | "unspecified"
  | "multicast"
  | "benchmark"
  | "reserved"
  | "portal"
  | "not-listed";

/** The phase in which a call failed. */
export type EgressPhase = "address" | "name" | "connection" | "certificate" | "exchange";

export type EgressFailure = {
  readonly kind: EgressFailureKind;
  readonly phase: EgressPhase;
  /** With kind `certificate` only. */
  readonly certificateReason?: CertificateFailureReason;
  /** With an out-of-date certificate: when it ended or begins, as ISO 8601. */
  readonly certificateDate?: string;
  /** With kind `forbidden-address` and `not-allow-listed`. */
  readonly addressCause?: AddressCause;
  /**
   * For the log, never for users: it distinguishes refused, silent and unroutable, which would make the portal a port
   * scanner. Consists of codes and addresses; never of header values or any text of the server's.
   */
  readonly detail: string;
};

/** Node's codes for certificates (https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes). */
const certificateCodes: Readonly<Record<string, CertificateFailureReason>> = {
  CERT_HAS_EXPIRED: "expired",
  CERT_NOT_YET_VALID: "not-yet-valid",
  ERR_TLS_CERT_ALTNAME_INVALID: "wrong-host",
  ERR_TLS_CERT_ALTNAME_FORMAT: "wrong-host",
  DEPTH_ZERO_SELF_SIGNED_CERT: "self-signed",
  SELF_SIGNED_CERT_IN_CHAIN: "untrusted-issuer",
  UNABLE_TO_GET_ISSUER_CERT: "untrusted-issuer",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "untrusted-issuer",
  CERT_UNTRUSTED: "untrusted-issuer",
  INVALID_CA: "untrusted-issuer",
  // Only the server's own certificate was sent: an intermediate is missing, or a private authority signed it directly.
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

/**
 * Alerts with which a server refuses the client's missing certificate (RFC 8446, 6.2). OpenSSL calls the older ones
 * `SSLV3_ALERT_…` up to 3.1 and `SSL/TLS_ALERT_…` since.
 */
const callersCertificateAlert =
  /_ALERT_(?:HANDSHAKE_FAILURE|(?:NO|BAD|UNSUPPORTED)_CERTIFICATE|CERTIFICATE_(?:REVOKED|EXPIRED|UNKNOWN|REQUIRED)|UNKNOWN_CA|ACCESS_DENIED)$/;

/** True if the server complains about the client's certificate, provided that it had presented its own before. */
export function isAboutCallersCertificate(error: unknown): boolean {
  return callersCertificateAlert.test(codeOf(error) ?? "");
}

/** OpenSSL's codes when the peer answers a TLS handshake with plain text. */
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

/** Maps an error of `node:net`, `node:tls` or `node:http` to its kind. Unknown errors are `malformed`. */
export function failureFrom(error: unknown, phase: EgressPhase): EgressFailure {
  const code = codeOf(error) ?? (error instanceof Error ? error.name : typeof error);
  const detail = `${phase} ${code}`;
  const reason = Object.hasOwn(certificateCodes, code) ? certificateCodes[code] : undefined;
  if (reason !== undefined) return { kind: "certificate", phase, certificateReason: reason, detail };
  if (plainTextCodes.has(code)) return { kind: "not-tls", phase, detail };
  if (code === "HPE_HEADER_OVERFLOW") return { kind: "headers-too-large", phase, detail };
  // The exchange starts after both sides' handshake, so a complaint now means that the server misses a client certificate.
  if (phase === "exchange" && isAboutCallersCertificate(error)) {
    return { kind: "client-certificate", phase, detail };
  }
  if (lostCodes.has(code)) return { kind: "unreachable", phase, detail };
  // Any other OpenSSL error during a handshake: ciphers, a required client certificate …
  if (phase === "certificate") return { kind: "certificate", phase, certificateReason: "other", detail };
  return { kind: phase === "connection" ? "unreachable" : "malformed", phase, detail };
}
