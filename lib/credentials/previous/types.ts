import type { PreviousOutcome } from "@/drizzle/schema";
import type { SignInMethod } from "@/lib/credentials/checks/types";

/** The secret that a credential had before, as its page shows it; never the secret. Instants are ISO 8601 in UTC. */
export type PreviousSecret = {
  readonly credentialId: string;
  /** The current secret's version, which the forms send back. */
  readonly secretVersion: number;
  readonly method: SignInMethod;
  readonly username: string | null;
  /** As the server named it; null if it never did. */
  readonly accountName: string | null;
  /** An API key's id, which Bitbucket shows too; null if the key does not contain it. */
  readonly keyId: string | null;
  /** Who made it the current secret, and when; null if the audit log does not say. */
  readonly storedByName: string | null;
  readonly storedAt: string | null;
  readonly keptUntil: string;
  /** When a check last signed in with it since it was replaced. */
  readonly workedAt: string | null;
  /** How and when it ended; null while it is kept. */
  readonly ended: { readonly outcome: PreviousOutcome; readonly at: string } | null;
  /** While the owner's account is disabled, nothing signs in with it. */
  readonly isSuspended: boolean;
  /** The page in Bitbucket where the account's API keys are revoked; null for a base URL that is none. */
  readonly apiKeysUrl: string | null;
};
