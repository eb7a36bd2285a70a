/** What somebody may do in the portal as a whole; what they may do with a credential is another matter. */
export type PortalRole = "administrator" | "member";

/** An account as portal administrators see it. */
export type User = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: PortalRole;
  readonly createdAt: string;
  /** Null while the account is enabled. */
  readonly disabledAt: string | null;
  /** When the portal last heard of them; null where all their sessions are forgotten. */
  readonly lastSeenAt: string | null;
  /** How many sessions of theirs are alive. */
  readonly sessions: number;
};

/** Whom something can be shared with. */
export type DirectoryEntry =
  | { readonly kind: "person"; readonly id: string; readonly name: string; readonly email: string }
  | { readonly kind: "team"; readonly id: string; readonly name: string };
