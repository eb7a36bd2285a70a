/** A password reset link, for its user and for portal administrators; the link itself was shown once. Instants are ISO 8601 in UTC. */
export type Reset = {
  readonly id: string;
  readonly madeByName: string;
  readonly madeAt: string;
  readonly expiresAt: string;
  /** When it set a new password; null for one that did not. */
  readonly usedAt: string | null;
  /** It would set a password now. */
  readonly isOpen: boolean;
};

/** A new link, which exists nowhere else: shown once, to its maker. */
export type NewReset = { readonly link: string };
