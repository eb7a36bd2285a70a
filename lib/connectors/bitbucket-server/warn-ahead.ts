const dayMs = 24 * 60 * 60 * 1000;

/** How long before its end there is a warning, in milliseconds: of an API key, a certificate, and a version's support. */
export const warnAheadMs = { key: 30 * dayMs, certificate: 30 * dayMs, support: 90 * dayMs } as const;
