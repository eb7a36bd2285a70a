import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { CheckedAccess, WarningCode } from "@/lib/connectors/types";
import type { CredentialStatus, KeptCheck, NamedAccount, SignInMethod } from "./checks/types";
import type { CheckStopReason } from "./lockout/rules";
import type { CredentialRole } from "./policy";
import type { CheckedVersion } from "./secrets/types";

/** Every status, in the order of the lists' filters. */
const credentialStatuses = [
  "verified",
  "unproven",
  "rejected",
  "locked",
  "restricted",
] as const satisfies readonly CredentialStatus[];

/** The statuses to filter by, as rows show them: "suspended" replaces any other. */
export const shownStatuses = [...credentialStatuses, "suspended"] as const;

/** What the form for a key's end starts from; `secretVersion` identifies the key. */
export type EditableKeyEnd = CheckedVersion & { readonly keyExpiresOn: string | null };

/** A credential as the Authenticate screen shows it. Instants are ISO 8601 in UTC. */
export type CredentialTile = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ownerName: string;
  /** The owner's account is disabled: no user can sign in with the credential until it is enabled again. */
  readonly isSuspended: boolean;
  /** The actor's role on the credential. */
  readonly role: CredentialRole;
  /** The actor's teams with access to it, by name, three at most. */
  readonly teams: readonly string[];
  readonly kind: ConnectorKind;
  readonly baseUrl: string;
  readonly serverVersion: string | null;
  readonly serverUnreachableSince: string | null;
  readonly method: SignInMethod;
  readonly username: string | null;
  readonly status: CredentialStatus;
  /** When the latest check was made; null while unproven. */
  readonly checkedAt: string | null;
  readonly account: NamedAccount | null;
  readonly access: CheckedAccess | null;
  readonly warnings: readonly WarningCode[];
};

/** A credential as its own page shows it. */
export type CredentialDetails = CredentialTile & {
  /**
   * The newest check of the current secret, whatever its outcome; null before the first. If it could not reach the
   * server, status, account and access above come from an earlier check.
   */
  readonly newestCheck: KeptCheck | null;
};

/** A credential as the list of credentials shows it. */
export type ListedCredential = CredentialTile & {
  /** How many of the actor's own sources and destinations use it. */
  readonly ownUses: number;
};

/** A credential as its edit form starts from it. */
export type EditableCredential = {
  readonly name: string;
  readonly description: string;
  readonly version: number;
};

/** A credential as shown to a user who may change it; holds no secret. */
export type ChangeableCredential = EditableCredential & {
  readonly id: string;
  readonly role: CredentialRole;
  readonly secretVersion: number;
  readonly kind: ConnectorKind;
  readonly baseUrl: string;
  readonly method: SignInMethod;
  readonly username: string | null;
};

/** Why lock-out protection would send nothing for a stored credential now. */
export type CheckStop = {
  readonly reason: CheckStopReason;
  /** Consecutive refused sign-ins of the account, as far as known; 0 for an API key. */
  readonly refusals: number;
  /** The signed token to send once all the same; null if the user may not. Never a secret. */
  readonly tryAgainToken: string | null;
};

/** The groups of tiles that the actor has, with the number of tiles in each; empty groups are left out. */
export type TileGroups = {
  readonly all: number;
  readonly mine: number;
  readonly shared: number;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly count: number }[];
};
