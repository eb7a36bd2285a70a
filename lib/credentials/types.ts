import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { CheckedAccess, WarningCode } from "@/lib/connectors/types";
import type { CredentialStatus, KeptCheck, NamedAccount, SignInMethod } from "./checks/types";
import type { CheckStopReason } from "./lockout/rules";
import type { CredentialRole } from "./policy";
import type { CheckedVersion } from "./secrets/types";

/** Every status, in the order in which lists offer them. */
const credentialStatuses = [
  "verified",
  "unproven",
  "rejected",
  "locked",
  "restricted",
] as const satisfies readonly CredentialStatus[];

/** What a list can be narrowed down to: a status as its rows show it, where "suspended" takes the place of every other. */
export const shownStatuses = [...credentialStatuses, "suspended"] as const;

/** What the form for a key's end starts from; `secretVersion` tells of which key it speaks. */
export type EditableKeyEnd = CheckedVersion & { readonly keyExpiresOn: string | null };

/** A credential as it stands on the Authenticate screen. Instants are ISO 8601 in UTC. */
export type CredentialTile = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ownerName: string;
  /** The owner's account is disabled: nobody signs in with it until the account is enabled again. */
  readonly isSuspended: boolean;
  /** What the person who asks is to it. */
  readonly role: CredentialRole;
  /** The teams of theirs that lead to it, by name, three at most. */
  readonly teams: readonly string[];
  readonly kind: ConnectorKind;
  readonly baseUrl: string;
  readonly serverVersion: string | null;
  readonly serverUnreachableSince: string | null;
  readonly method: SignInMethod;
  readonly username: string | null;
  readonly status: CredentialStatus;
  /** When the status was proven; null while unproven. */
  readonly checkedAt: string | null;
  readonly account: NamedAccount | null;
  readonly access: CheckedAccess | null;
  readonly warnings: readonly WarningCode[];
};

/** A credential as its own page shows it. */
export type CredentialDetails = CredentialTile & {
  /**
   * The newest check of the current secret, whatever came of it, and null before the first. One that could not ask the
   * server proves nothing: then status, account and access above are those of an earlier one.
   */
  readonly newestCheck: KeptCheck | null;
};

/** A credential as it stands in the list of all that a person sees. */
export type ListedCredential = CredentialTile & {
  /** How many sources and destinations of the person's own use it. */
  readonly ownUses: number;
};

/** A credential as its edit form starts from it. */
export type EditableCredential = {
  readonly name: string;
  readonly description: string;
  readonly version: number;
};

/** What somebody with the right to change a credential starts from; nothing in it is secret. */
export type ChangeableCredential = EditableCredential & {
  readonly id: string;
  readonly role: CredentialRole;
  readonly secretVersion: number;
  readonly kind: ConnectorKind;
  readonly baseUrl: string;
  readonly method: SignInMethod;
  readonly username: string | null;
};

/** That lock-out protection would send nothing for a stored credential now. */
export type CheckStop = {
  readonly reason: CheckStopReason;
  /** Refused sign-ins of the account in a row, as far as is known; 0 for an API key. */
  readonly refusals: number;
  /** The permission for this person to send once all the same; null for whoever may not. Never a secret. */
  readonly tryAgainToken: string | null;
};

/** The groups of tiles that the person who asks can have, with how many tiles are in each; never an empty one. */
export type TileGroups = {
  readonly all: number;
  readonly mine: number;
  readonly shared: number;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly count: number }[];
};
