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

/**
 * What lists filter by, as rows show it. "suspended" replaces any other; "ended" replaces all but "rejected" and "locked";
 * "ends-soon" and "unreachable" stand beside the status.
 */
export const shownStatuses = [
  ...credentialStatuses,
  "suspended",
  "ends-soon",
  "ended",
  "unreachable",
] as const;

/** What a list of credentials can be sorted by, other than newest first. */
export const credentialSorts = ["name", "ending"] as const;

/** The order of a list of credentials; null for newest first. */
export type CredentialSort = (typeof credentialSorts)[number] | null;

/** What the form for a key's end starts from; `secretVersion` identifies the key. */
export type EditableKeyEnd = CheckedVersion & { readonly keyExpiresOn: string | null };

/** A credential as the Authenticate screen shows it. Instants are ISO 8601 in UTC. */
export type CredentialTile = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
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
  /** When the API key ends, by the server's word or else a user's; null if neither is known. */
  readonly keyEndsAt: string | null;
  /** If the latest check was refused: when the one was made that account, version and rights come from; else null. */
  readonly factsAt: string | null;
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
  /** The other credentials of the server with the same secret that the actor sees, by name, the first six. */
  readonly equals: readonly NamedCredential[];
};

/** A credential as a link names it. */
export type NamedCredential = { readonly id: string; readonly name: string };

/** A credential as the list of credentials shows it. */
export type ListedCredential = CredentialTile & {
  /** How many of the actor's own sources and destinations use it. */
  readonly ownUses: number;
};

/** A credential as its edit form starts from it. */
export type EditableCredential = {
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
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

/** A server or owner that a list can be narrowed down to, by its base URL or name. */
export type ListChoice = { readonly id: string; readonly name: string };

/** The groups of tiles that the actor has, with the number of tiles in each; empty groups are left out. */
export type TileGroups = {
  readonly all: number;
  readonly mine: number;
  readonly shared: number;
  /** The servers of all of them, by base URL; null if they are too many to choose from. */
  readonly servers: readonly ListChoice[] | null;
  /** Their owners, in the same way. */
  readonly owners: readonly ListChoice[] | null;
  readonly teams: readonly { readonly id: string; readonly name: string; readonly count: number }[];
};
