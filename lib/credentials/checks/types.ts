import type { Verdict } from "@/drizzle/schema";
import type { ServerSupport } from "@/lib/connectors/bitbucket-server/server-support";
import type { FailureInWords, Whose } from "@/lib/connectors/failures";
import type {
  AddressCause,
  CertificateReason,
  CheckedAccess,
  CheckedAllowance,
  CheckStep,
  KeyKind,
  WarningCode,
} from "@/lib/connectors/types";

/** What the newest telling check says of the current version of the secret; "unproven" when there is none. */
export type CredentialStatus = "unproven" | Exclude<Verdict, "nothing">;

/** How the server is asked to recognise us. */
export type SignInMethod = "password" | "api-key";

/** What is kept with a check besides its verdict: counts, closed codes and times, no text of the server's. */
export type CheckRecord = {
  readonly access: CheckedAccess | null;
  readonly warnings: readonly WarningCode[];
  readonly steps: readonly CheckStep[];
  /** What a failure's code leaves open, for its cure; absent where there is nothing of the kind. */
  readonly certificateReason?: CertificateReason;
  readonly certificateDate?: string;
  readonly addressCause?: AddressCause;
  readonly retryAfterSeconds?: number;
  /** Null where the sign-in failed, and with checks that did not look for them yet. */
  readonly details: CheckDetails | null;
};

/** What a good check found besides rights. Instants are ISO 8601 in UTC; null where the server does not say. */
export type CheckDetails = {
  readonly accountActive: boolean | null;
  /** Null for a password too. */
  readonly keyKind: KeyKind | null;
  readonly keyEndsAt: string | null;
  readonly allowance: CheckedAllowance | null;
  readonly roundTripMs: number;
  /** Null on plain http too. */
  readonly certificateEndsAt: string | null;
};

/** When an API key ends, and who says so. */
export type KeyEnd =
  | { readonly saidBy: "server"; readonly at: string }
  /** An ISO date: the last day on which it is good. */
  | { readonly saidBy: "person"; readonly day: string };

/** What is known of a credential by its latest check, as it stands at the moment of reading. */
export type LatestCheckDetails = {
  readonly method: SignInMethod;
  readonly checkedAt: string;
  readonly account: {
    readonly name: string | null;
    readonly displayName: string | null;
    readonly active: boolean | null;
    readonly hasAvatar: boolean;
  };
  readonly server: { readonly version: string | null; readonly support: ServerSupport };
  readonly access: CheckedAccess | null;
  readonly keyKind: KeyKind | null;
  readonly keyEnd: KeyEnd | null;
  readonly allowance: CheckedAllowance | null;
  readonly roundTripMs: number | null;
  readonly certificateEndsAt: string | null;
};

/** An account as the server names it; both null where it accepted a key and named nobody. Text from outside. */
export type NamedAccount = { readonly name: string | null; readonly displayName: string | null };

/** One check as it is kept. */
export type KeptCheck = {
  readonly checkedAt: string;
  readonly verdict: Verdict;
  readonly steps: readonly CheckStep[];
  /** Null when all went well. */
  readonly failure: FailureInWords | null;
  readonly serverVersion: string | null;
  readonly account: NamedAccount | null;
  readonly access: CheckedAccess | null;
};

/** What the form shows of a check that failed. Instants are ISO 8601 in UTC. */
export type FailedCheck = {
  readonly title: string;
  readonly cure: string;
  /** The message stands at a field of the form. */
  readonly atField: boolean;
  readonly whose: Whose;
  readonly steps: readonly CheckStep[];
  readonly baseUrl: string;
  readonly checkedAt: string;
  /** Where the server could not be asked: the permission to store without a check. Never a secret. */
  readonly uncheckedToken: string | null;
  /** Where lock-out protection sent nothing and this person may say "try again": the permission to send once. Never a secret. */
  readonly tryAgainToken: string | null;
  /** Nothing is sent for the account, whatever the secret: another Save would be held back too. */
  readonly isAccountStopped: boolean;
  /** Where visitors are turned away: the permission to send the credential past what stands there. Never a secret. */
  readonly pastProxyToken: string | null;
  /** The base URL at which the server is instead, for the form to fill in. */
  readonly movedTo: string | null;
};
