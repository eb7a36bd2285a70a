/** Bounds of one call or conversation. Times in milliseconds, sizes in bytes. */
export type EgressLimits = {
  /** Looking up the name. */
  readonly lookupMs: number;
  /** TCP, over all addresses of the name together; and once more for the TLS greeting. */
  readonly connectMs: number;
  /** From sending a request to having all of the answer's headers. */
  readonly headersMs: number;
  /** One request with its answer, body included. */
  readonly totalMs: number;
  readonly bodyBytes: number;
  readonly headerBytes: number;
  /** Waiting for a free place at a host that others are already calling. */
  readonly queueMs: number;
};

/** What holds where nobody sets anything else. */
export const defaultLimits: EgressLimits = {
  lookupMs: 3_000,
  connectMs: 3_000,
  headersMs: 5_000,
  totalMs: 10_000,
  bodyBytes: 1024 * 1024,
  headerBytes: 16 * 1024,
  queueMs: 10_000,
};
