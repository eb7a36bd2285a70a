import type { Secret } from "@/lib/secret";

/**
 * The types in which every connector's check reports. Pure and browser-safe: the overlay, the tile and the database
 * all use them. A secret is held in `SignIn` only, as a `Secret`.
 */

/** The check steps, in order. */
export const stepNames = [
  "address",
  "name",
  "connection",
  "certificate",
  "bitbucket",
  "signedIn",
  "allowed",
] as const;
export type StepName = (typeof stepNames)[number];

/** `skipped`: an earlier step failed. `not-applicable`: nothing to check, such as a certificate on plain http. */
export type StepState = "passed" | "failed" | "skipped" | "not-applicable";

export type CheckStep = {
  readonly name: StepName;
  readonly state: StepState;
  /**
   * Whole milliseconds spent on this step. Null where nothing was tried, and for a failed connection: the time until
   * a refusal would tell a port scanner what "could not be reached" hides.
   */
  readonly durationMs: number | null;
};

/** Why a check failed. A closed list: screens, database and tests switch over it. */
export const failureReasons = [
  "INVALID_BASE_URL",
  "ADDRESS_NOT_ALLOWED",
  "PORT_NOT_ALLOWED",
  "PLAIN_HTTP_NOT_ALLOWED",
  "BITBUCKET_CLOUD",
  "NAME_UNKNOWN",
  "UNREACHABLE",
  "TIMED_OUT",
  // Failures of the portal's outgoing proxy.
  "PROXY_UNREACHABLE",
  "PROXY_SILENT",
  "PROXY_SIGN_IN",
  "PROXY_REFUSES",
  "PROXY_NO_WAY",
  "PROXY_UNREADABLE",
  "HTTPS_EXPECTED",
  "HTTP_EXPECTED",
  "HTTP_ONLY_SERVER",
  "CERTIFICATE_REFUSED",
  "CLIENT_CERTIFICATE_WANTED",
  "REDIRECTED_TO_HTTPS",
  "REDIRECTED",
  "SIGN_IN_PAGE",
  "FRONT_REFUSES",
  "RULE_REFUSES",
  "NOT_BITBUCKET",
  "OTHER_ATLASSIAN_PRODUCT",
  "API_NOT_FOUND",
  "STARTING",
  "MAINTENANCE",
  "SETUP_UNFINISHED",
  "RATE_LIMITED",
  "SERVER_ERROR",
  "ANSWER_UNREADABLE",
  "ANSWER_COMPRESSED",
  "ANSWER_TOO_LARGE",
  "HEADERS_TOO_LARGE",
  "SECRET_REJECTED",
  "PASSWORD_EXPIRED",
  "ACCOUNT_DEACTIVATED",
  "DIRECTORY_UNREACHABLE",
  "ACCOUNT_LOCKED",
  "BASIC_SWITCHED_OFF",
  "CREDENTIAL_IGNORED",
  "KEY_NOT_RECOGNISED",
  "EVERYBODY_SIGNED_IN",
  "XSRF_REFUSED",
  "NOT_PERMITTED",
  // Nothing was sent because of an earlier refusal: see lock-out protection in lib/credentials.
  "NOT_SENT_AGAIN",
  "ACCOUNT_STOPPED",
  "CAPTCHA_AWAITED",
  "PORTAL_BUSY",
  "CANCELLED",
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** Why a TLS certificate was refused; separate because each needs its own instruction. */
export const certificateReasons = [
  "expired",
  "not-yet-valid",
  "wrong-host",
  "self-signed",
  "untrusted-issuer",
  "incomplete-chain",
  "intermediate-expired",
  "intermediate-not-yet-valid",
  "authority-expired",
  "authority-not-yet-valid",
  "old-tls",
  "other",
] as const;
export type CertificateReason = (typeof certificateReasons)[number];

/** Why an address may not be called; separate because each needs its own instruction. */
export const addressCauses = [
  "loopback",
  // A name that resolves to the portal's own machine.
  "loopback-name",
  "link-local",
  "metadata",
  "unspecified",
  "multicast",
  "benchmark",
  "reserved",
  "portal",
  "not-listed",
] as const;
export type AddressCause = (typeof addressCauses)[number];

/** Warnings for the owner of a verified credential. */
export type WarningCode =
  | "NOTHING_READABLE"
  | "ACCESS_NOT_COUNTED"
  | "OTHER_ACCOUNT"
  | "ACCOUNT_INACTIVE"
  | "ACCOUNT_UNNAMED"
  /** The account that Bitbucket made for the key of a project or repository. */
  | "ACCOUNT_NOT_A_PERSON"
  /** A proxy in front turns visitors away; an override let the credential past it. */
  | "BEHIND_FRONT"
  | "PLAIN_HTTP"
  | "CERTIFICATE_ENDS_SOON"
  | "SUPPORT_ENDED"
  | "SUPPORT_ENDS_SOON"
  | "KEY_ENDED"
  | "KEY_ENDS_SOON"
  /** From here on: by the portal's policy for sign-ins. */
  | "PASSWORD_NOT_WANTED"
  | "KEY_LASTS_TOO_LONG"
  | "KEY_END_NOT_KNOWN";

/** How to sign in. Stays in memory for one check and is never returned. */
export type SignIn =
  | { readonly scheme: "basic"; readonly username: string; readonly password: Secret }
  | { readonly scheme: "bearer"; readonly apiKey: Secret; readonly expectedAccount: string | null };

/** What may be stored and shown of a sign-in: its shape, without the secret. */
export type SignInShape = {
  readonly scheme: SignIn["scheme"];
  /** The key was typed in the first field: the message belongs there. Always false for Basic. */
  readonly keyInUsernameField: boolean;
  /** The password begins or ends with a space or an invisible character: kept, but often pasted by accident. */
  readonly spaceAroundPassword?: true;
};

export type SignInField = "username" | "password";

/** The sign-in that the form's two fields mean, or the field that is wrong; a message never repeats what was typed. */
export type SignInChoice =
  | { readonly ok: true; readonly signIn: SignIn; readonly shape: SignInShape }
  | {
      readonly ok: false;
      readonly problem: string;
      readonly field: SignInField;
      readonly message: string;
    };

/** A count up to a bound; `more`: the true number is higher. */
export type CountUpTo = { readonly count: number; readonly more: boolean };

export type CheckedAccount = {
  /** The login name as the server gives it; null if the server accepted an API key without naming an account. */
  readonly name: string | null;
  readonly displayName: string | null;
  /** The name's form in Bitbucket's URLs; it may differ from the name. */
  readonly slug: string | null;
  readonly active: boolean | null;
  /** `service`: Bitbucket's account for a project or repository key. `unknown`: no user record is visible. */
  readonly type: "user" | "service" | "unknown";
};

export type CheckedServer = {
  /** The product that answered, such as "Bitbucket". */
  readonly product: string;
  readonly version: string;
  readonly buildNumber: string;
  /** The instance's name, as its administrator set it. Untrusted text. */
  readonly displayName: string | null;
};

/** Counted up to a bound; null if the server refused or time ran out. */
export type CheckedRights = {
  readonly readable: CountUpTo | null;
  readonly writable: CountUpTo | null;
  readonly administrable: CountUpTo | null;
};

/** What the account may do with repositories, and with whole projects. */
export type CheckedAccess = CheckedRights & {
  /** All projects that it sees, including those of which it may read a single repository. */
  readonly projects: CountUpTo | null;
  /** Null if not counted: earlier versions of the portal did not. */
  readonly projectRights: CheckedRights | null;
};

/** What an API key belongs to, inferred from what the server lets it do. */
export type KeyKind = "user" | "project" | "repository";

/** The account's rate limit: a number of requests at once, and a number more per second. */
export type CheckedAllowance =
  | { readonly kind: "unlimited" }
  | { readonly kind: "limited"; readonly atOnce: number; readonly perSecond: number };

/** The picture of an account: untrusted bytes that begin like an image of that type. */
export type Avatar = {
  readonly mediaType: "image/png" | "image/jpeg" | "image/gif" | "image/webp";
  readonly image: Uint8Array;
};

export type CheckedCertificate = {
  /** ISO 8601 instants. */
  readonly validFrom: string;
  readonly validTo: string;
  readonly sha256: string;
};

export type VerifiedOutcome = {
  readonly kind: "verified";
  readonly account: CheckedAccount;
  /** The account that the user named, if the server recognised another one. */
  readonly expectedAccountDiffers: string | null;
  /** A digest of the account's e-mail, which also names it; absent if the server gives none. */
  readonly emailDigest?: string;
  readonly server: CheckedServer;
  readonly access: CheckedAccess;
  /** Null over plain http. */
  readonly certificate: CheckedCertificate | null;
  /** Milliseconds from sending the deciding request to the end of its answer. */
  readonly roundTripMs: number;
  /** Null for a password, and where the server's answers leave it open. */
  readonly keyKind: KeyKind | null;
  /** When the key ends, as an ISO 8601 instant; null where the server does not say. */
  readonly keyEndsAt: string | null;
  /** Null where the server does not say. */
  readonly allowance: CheckedAllowance | null;
  readonly avatar: Avatar | null;
  readonly warnings: readonly WarningCode[];
  readonly steps: readonly CheckStep[];
};

export type FailedOutcome = {
  readonly kind: "failed";
  readonly step: StepName;
  readonly reason: FailureReason;
  /** With CERTIFICATE_REFUSED only. */
  readonly certificateReason?: CertificateReason;
  /** With an out-of-date certificate, if known: when it ended or begins, as an ISO 8601 instant. */
  readonly certificateDate?: string;
  /** With ADDRESS_NOT_ALLOWED only. */
  readonly addressCause?: AddressCause;
  /** With RATE_LIMITED and, if the server says so, with STARTING. Whole seconds. */
  readonly retryAfterSeconds?: number;
  /** If nothing was sent because of an earlier refusal: how long ago that was. Whole seconds. */
  readonly refusedSecondsAgo?: number;
  /** With NOT_PERMITTED and EVERYBODY_SIGNED_IN: the account that the server recognised, if it named one. */
  readonly accountName?: string;
  /** Where the server redirected, or was found: a base URL in plain address characters. */
  readonly movedTo?: string;
  /** A visitor was turned away, so the credential was not sent; an override would send it. */
  readonly notSent?: true;
  readonly steps: readonly CheckStep[];
};

export type CheckOutcome = VerifiedOutcome | FailedOutcome;
