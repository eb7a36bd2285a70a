import type { FlowRole } from "@/lib/endpoints/policy";
import type { Direction } from "@/lib/paths";

/** What is shared: a credential, or a source or destination. */
export type Shared = { readonly kind: "credential" | "flow"; readonly id: string };

/** Whom something is shared with. */
export type Holder = { readonly kind: "person" | "team"; readonly id: string };

/** Every role that can be had on something; operators exist on sources and destinations only. */
export type SharingRole = FlowRole;
/** Every role that can be given. */
export type GrantableRole = Exclude<SharingRole, "owner">;

/** A live grant as whoever sees the thing may read it. Instants are ISO 8601 in UTC. */
export type GrantRow = {
  readonly id: string;
  readonly holder: Holder & { readonly name: string };
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
export type Way =
  | { readonly kind: "ownership" }
  | { readonly kind: "grant"; readonly role: GrantableRole; readonly grantedByName: string }
  | { readonly kind: "team"; readonly role: GrantableRole; readonly teamName: string };

/** Somebody who has access now, by every way that leads there; `role` is the strongest of them. */
export type PersonWithAccess = {
  readonly id: string;
  readonly name: string;
  readonly role: SharingRole;
  readonly ways: readonly Way[];
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
  readonly people: readonly PersonWithAccess[] | null;
  /** There are more people than are listed. */
  readonly morePeople: boolean;
};
