import type { Verdict } from "@/drizzle/schema";
import type { ServerSupport } from "@/lib/connectors/bitbucket-server/server-support";
import type { FailureInWords, Whose } from "@/lib/connectors/failures";
import type {
  AddressCause,
  CertificateReason,
  CheckedAccess,
  CheckedAccount,
  CheckedAllowance,
  CheckStep,
  KeyKind,
  WarningCode,
} from "@/lib/connectors/types";

/** The verdict of the latest check of the current secret; "unproven" without one. */
export type CredentialStatus = "unproven" | Exclude<Verdict, "nothing">;

/** How the portal authenticates at the server. */
export type SignInMethod = "password" | "api-key";

/** What is stored with a check besides its verdict: counts, known codes and times, but no text of the server's. */
export type CheckRecord = {
  readonly access: CheckedAccess | null;
  readonly warnings: readonly WarningCode[];
  readonly steps: readonly CheckStep[];
  /** Details of a failure that its instructions need; absent where they do not apply. */
  readonly certificateReason?: CertificateReason;
  readonly certificateDate?: string;
  readonly addressCause?: AddressCause;
  readonly retryAfterSeconds?: number;
  /** Null where the sign-in failed, and in checks stored by versions that had no details. */
  readonly details: CheckDetails | null;
};

/** What a verified check found besides access. Instants are ISO 8601 in UTC; null where the server does not say. */
export type CheckDetails = {
  readonly accountActive: boolean | null;
  /** Null for passwords, too. */
  readonly keyKind: KeyKind | null;
  readonly keyEndsAt: string | null;
  readonly allowance: CheckedAllowance | null;
  readonly roundTripMs: number;
  /** Null over plain http, too. */
  readonly certificateEndsAt: string | null;
};

/** When an API key ends, and the source of that date. */
export type KeyEnd =
  | { readonly saidBy: "server"; readonly at: string }
  /** An ISO date: the last day on which the key is valid. */
  | { readonly saidBy: "person"; readonly day: string };

/** The details of a credential's latest check, as of the time of reading. */
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

/** An account as the server names it; both null where the server accepted a key and named no account. Untrusted text. */
export type NamedAccount = { readonly name: string | null; readonly displayName: string | null };

/** A stored check. */
export type KeptCheck = {
  readonly checkedAt: string;
  readonly verdict: Verdict;
  readonly steps: readonly CheckStep[];
  /** Null when the check passed. */
  readonly failure: FailureInWords | null;
  readonly serverVersion: string | null;
  readonly account: NamedAccount | null;
  readonly access: CheckedAccess | null;
};

/** A failed check as the form shows it. Instants are ISO 8601 in UTC. */
export type FailedCheck = {
  readonly title: string;
  readonly cure: string;
  /** True if the message is shown at a form field. */
  readonly atField: boolean;
  readonly whose: Whose;
  readonly steps: readonly CheckStep[];
  readonly baseUrl: string;
  readonly checkedAt: string;
  /** Where the server could not be reached: the signed token to store without a check. Never a secret. */
  readonly uncheckedToken: string | null;
  /** Where lock-out protection sent nothing and the user may try again: the signed token to send once. Never a secret. */
  readonly tryAgainToken: string | null;
  /** Nothing is sent for this account, whatever the secret: another Save would be held back as well. */
  readonly isAccountStopped: boolean;
  /** Where a proxy turns visitors away: the signed token to send the credential past it. Never a secret. */
  readonly pastProxyToken: string | null;
  /** The base URL to which the server has moved, for the form to fill in. */
  readonly movedTo: string | null;
};

/** A check that passed, and was asked for without a Save: what it found, for the form that is still open. */
export type PassedCheck = {
  readonly hasPassed: true;
  readonly account: Pick<CheckedAccount, "name" | "displayName">;
  readonly serverVersion: string | null;
  readonly access: CheckedAccess;
  readonly warnings: readonly WarningCode[];
  readonly steps: readonly CheckStep[];
};
