/** Additional trust for one origin, and for no other. */
export type OriginTrust = {
  /** Scheme, host and port as in `URL.origin`. */
  readonly origin: string;
  /** PEM texts of certificate authorities, root or intermediate, that may sign this origin's certificates. */
  readonly authorities: readonly string[];
  /** SHA-256 of single certificates, as pairs of upper-case hex digits with colons. */
  readonly pins: readonly string[];
};

/** All additional trust for exactly this origin; empty lists without any. */
export function trustFor(trusts: readonly OriginTrust[] = [], origin: string): OriginTrust {
  const own = trusts.filter((trust) => trust.origin === origin);
  return {
    origin,
    authorities: own.flatMap(({ authorities }) => authorities),
    pins: own.flatMap(({ pins }) => pins),
  };
}
