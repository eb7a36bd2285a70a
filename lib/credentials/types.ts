import type { CheckedAccess, Rung, WarningCode } from "@/lib/bitbucket/types";

/** What a check proved of one version of a secret; "nothing" when the server could not be asked. */
export type Verdict = "verified" | "rejected" | "locked" | "restricted" | "nothing";

/** What the newest telling check says of the current version of the secret; "unproven" when there is none. */
export type CredentialStatus = "unproven" | Exclude<Verdict, "nothing">;

/** How the server is asked to recognise us. */
export type SignInMethod = "password" | "api-key";

/** What is kept with a check besides its verdict: counts, closed codes and times, no text of the server's. */
export type Findings = {
  readonly access: CheckedAccess | null;
  readonly warnings: readonly WarningCode[];
  readonly rungs: readonly Rung[];
};

/** A credential as it stands on the Authenticate screen. Instants are ISO 8601 in UTC. */
export type CredentialTile = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly ownerName: string;
  readonly baseUrl: string;
  readonly serverVersion: string | null;
  readonly serverUnreachableSince: string | null;
  readonly method: SignInMethod;
  readonly username: string | null;
  readonly status: CredentialStatus;
  /** When the status was proven; null while unproven. */
  readonly checkedAt: string | null;
  readonly account: { readonly name: string | null; readonly displayName: string | null } | null;
  readonly access: CheckedAccess | null;
  readonly warnings: readonly WarningCode[];
};

/** What the form shows of a check that failed. */
export type FailedCheck = {
  readonly title: string;
  readonly cure: string;
  /** The message stands at a field of the form. */
  readonly atField: boolean;
  /** Whose turn it is. */
  readonly whose: string;
  readonly rungs: readonly Rung[];
  /** Where the server could not be asked: the permission to store without a check. Never a secret. */
  readonly uncheckedTicket: string | null;
};

/** Which version of which credential a check is made of. */
export type CheckedVersion = { readonly credentialId: string; readonly secretVersion: number };
