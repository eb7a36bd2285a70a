const dayMs = 24 * 60 * 60 * 1000;

/** How long before their end warnings start, in milliseconds: for an API key, a certificate, and a version's support. */
export const warnAheadMs = { key: 30 * dayMs, certificate: 30 * dayMs, support: 90 * dayMs } as const;
