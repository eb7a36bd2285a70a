import type { EndpointRole } from "@/lib/endpoints/policy";
import type { NamedStops } from "@/lib/endpoints/types";
import type { Direction } from "@/lib/paths";

/** The item to share: a credential, or a source or destination. */
export type Shared = { readonly kind: "credential" | "endpoint"; readonly id: string };

/** The user or team that an item is shared with. */
export type Grantee = { readonly kind: "person" | "team"; readonly id: string };

/** Every role on an item; operators exist on sources and destinations only. */
export type SharingRole = EndpointRole;
/** Every role that can be granted. */
export type GrantableRole = Exclude<SharingRole, "owner">;

/** An active grant as users who see the item may read it. Instants are ISO 8601 in UTC. */
export type GrantRow = {
  readonly id: string;
  readonly grantee: Grantee & { readonly name: string };
  /** A user's address, and only for readers who may share; else null. */
  readonly email: string | null;
  /** The team's current members; null for a user. */
  readonly memberCount: number | null;
  /** A user whose account is disabled: the grant stays, but gives no access until the account is enabled again. */
  readonly isDisabled: boolean;
  readonly role: GrantableRole;
  readonly grantedByName: string;
  readonly grantedAt: string;
  /**
   * Why the giver may no longer share the item; null if they may, and for readers who may not share. The grant still
   * gives access until a user who may share reviews it.
   */
  readonly giverLost: "right" | "enabled account" | null;
  /** It is the reader's own grant, so the reader may leave. */
  readonly isMine: boolean;
  /** What stops when the grant ends, by name as far as the reader sees it; null for nothing, and for readers who may not end it. */
  readonly stops: NamedStops | null;
};

/** What came of a change: the sentence to announce, and the grant whose end can be undone now, if one ended. */
export type SharingAnswer = { readonly text: string; readonly undo?: string };

/** One path by which a user gets access to an item. */
export type AccessPath =
  | { readonly kind: "ownership" }
  | { readonly kind: "grant"; readonly role: GrantableRole; readonly grantedByName: string }
  | { readonly kind: "team"; readonly role: GrantableRole; readonly teamName: string };

/** A user with access, by every access path; `role` is the strongest of them. */
export type UserWithAccess = {
  readonly id: string;
  readonly name: string;
  readonly role: SharingRole;
  readonly accessPaths: readonly AccessPath[];
};

/** Who has access to an item and why, as far as the reader may know. */
export type Access = {
  readonly thing: Shared;
  readonly name: string;
  /** Null for a credential. */
  readonly direction: Direction | null;
  /** The reader's role on it. */
  readonly role: SharingRole;
  readonly mayShare: boolean;
  /** An owner whose account is disabled has no access either. */
  readonly owner: { readonly id: string; readonly name: string; readonly isDisabled: boolean };
  readonly grants: readonly GrantRow[];
  /** All users by name with all their access paths; null for a reader who may not share. */
  readonly users: readonly UserWithAccess[] | null;
  /** True if there are more users than are listed. */
  readonly moreUsers: boolean;
};

/** The audit log's names for the items. Its rows are sealed in a chain, so old names must stay: an endpoint is a `flow` there. */
export const recordedKinds = { credential: "credential", endpoint: "flow" } as const;
