/** Limits of one call or conversation. Times in milliseconds, sizes in bytes. */
export type EgressLimits = {
  /** For resolving the name. */
  readonly lookupMs: number;
  /** For TCP, over all addresses of the name together; and once more for the TLS handshake. */
  readonly connectMs: number;
  /** From sending a request to receiving all headers. */
  readonly headersMs: number;
  /** For one request with its answer, body included. */
  readonly totalMs: number;
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** For waiting for a slot at a busy host. */
  readonly queueMs: number;
};

/** The defaults. */
export const defaultLimits: EgressLimits = {
  lookupMs: 3_000,
  connectMs: 3_000,
  headersMs: 5_000,
  totalMs: 10_000,
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  queueMs: 10_000,
};
