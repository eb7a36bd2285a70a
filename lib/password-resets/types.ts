/**
 * A password reset link, for its user and for portal administrators; the link itself was shown once. Instants are ISO
 * 8601 in UTC.
 */
export type Reset = {
  readonly id: string;
  readonly madeByName: string;
  readonly madeAt: string;
  readonly expiresAt: string;
  /** When it set a new password; null if it did not. */
  readonly usedAt: string | null;
  /** True if it is valid now. */
  readonly isOpen: boolean;
};

/** A new link, which is not stored: shown once, to its maker. */
export type NewReset = { readonly link: string };
