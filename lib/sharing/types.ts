import type { EndpointRole } from "@/lib/endpoints/policy";
import type { Direction } from "@/lib/paths";

/** What is shared: a credential, or a source or destination. */
export type Shared = { readonly kind: "credential" | "endpoint"; readonly id: string };

/** Whom something is shared with. */
export type Grantee = { readonly kind: "person" | "team"; readonly id: string };

/** Every role that can be had on something; operators exist on sources and destinations only. */
export type SharingRole = EndpointRole;
/** Every role that can be given. */
export type GrantableRole = Exclude<SharingRole, "owner">;

/** A live grant as whoever sees the thing may read it. Instants are ISO 8601 in UTC. */
export type GrantRow = {
  readonly id: string;
  readonly grantee: Grantee & { readonly name: string };
  /** Of a person, and only for those who may share; else null. */
  readonly email: string | null;
  /** The people who are in the team now; null for a person. */
  readonly memberCount: number | null;
  /** A person whose account is disabled: the grant stays, and reaches nobody until it is enabled again. */
  readonly isDisabled: boolean;
  readonly role: GrantableRole;
  readonly grantedByName: string;
  readonly grantedAt: string;
  /**
   * Why whoever gave it may not share the thing any more; null where they may, and for readers who may not share. The grant
   * works all the same, until somebody who may share has looked at it.
   */
  readonly giverLost: "right" | "enabled account" | null;
  /** It is the reader's own, so the reader may give it up. */
  readonly isMine: boolean;
};

/** One way that leads somebody to a thing. */
export type AccessPath =
  | { readonly kind: "ownership" }
  | { readonly kind: "grant"; readonly role: GrantableRole; readonly grantedByName: string }
  | { readonly kind: "team"; readonly role: GrantableRole; readonly teamName: string };

/** Somebody who has access now, by every way that leads there; `role` is the strongest of them. */
export type UserWithAccess = {
  readonly id: string;
  readonly name: string;
  readonly role: SharingRole;
  readonly accessPaths: readonly AccessPath[];
};

/** Who has access to a thing and why, as one reader may know it. */
export type Access = {
  readonly thing: Shared;
  readonly name: string;
  /** Of a source or destination; null for a credential. */
  readonly direction: Direction | null;
  /** What the reader is to it. */
  readonly role: SharingRole;
  readonly mayShare: boolean;
  /** One whose account is disabled has no access either. */
  readonly owner: { readonly id: string; readonly name: string; readonly isDisabled: boolean };
  readonly grants: readonly GrantRow[];
  /** Everybody by name with all their ways; null for a reader who may not share. */
  readonly users: readonly UserWithAccess[] | null;
  /** There are more people than are listed. */
  readonly moreUsers: boolean;
};

/**
 * How the audit log calls what is shared. Its rows are sealed in a chain, so the names in it stay as they were first
 * written: an endpoint is a `flow` there.
 */
export const recordedKinds = { credential: "credential", endpoint: "flow" } as const;
