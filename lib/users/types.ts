/** A user's role in the portal as a whole; roles on credentials are separate. */
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
  /** When the portal last got a request from the user; null if all their sessions have been deleted. */
  readonly lastSeenAt: string | null;
  /** The number of the user's active sessions. */
  readonly sessions: number;
};

/** A user or team that an item can be shared with. */
export type DirectoryEntry =
  | { readonly kind: "person"; readonly id: string; readonly name: string; readonly email: string }
  | { readonly kind: "team"; readonly id: string; readonly name: string };
