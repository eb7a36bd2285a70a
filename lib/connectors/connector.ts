import type { Resolver } from "@/lib/egress/dns-lookups";
import type { EgressFailure } from "@/lib/egress/failure";
import type { EgressLimits } from "@/lib/egress/limits";
import type { EgressPolicy } from "@/lib/egress/policy";
import type { BaseUrl } from "./base-url";
import type { BaseUrlDiagnosis } from "./base-url-diagnosis";
import type { FailureDescription } from "./failures";
import type { CheckOutcome, CheckStep, FailedOutcome, SignIn, SignInChoice, SignInShape } from "./types";

/** What the portal knows of one kind of system, apart from how to check it. Pure and browser-safe. */
export type Connector = {
  /** What people call the system. */
  readonly name: string;
  /** One line to tell it from others by, where a connector is chosen. */
  readonly note: string;
  /** Turns what was pasted into a base URL; never throws. */
  readonly normalizeBaseUrl: (typed: string) => BaseUrlDiagnosis;
  /** Decides from the two sign-in fields how to sign in; never throws. */
  readonly chooseSignIn: (usernameOrApiKey: string, password: string) => SignInChoice;
  /** A failed check in words for people. */
  readonly describeFailure: (outcome: FailedOutcome, shape: SignInShape) => FailureDescription;
};

/** How one kind of system is checked; for the server only. */
export type ConnectorCheck = {
  /** Proves or disproves a credential: never throws, and makes one sign-in attempt at most. */
  readonly check: (egress: CheckEgress, target: CheckTarget, options?: CheckOptions) => Promise<CheckOutcome>;
  /** What a check found, for a user who named another account with the same secret. */
  readonly foundFor: (outcome: CheckOutcome, namedAccount: string | null) => CheckOutcome;
};

/** What a check may do on the network. */
export type CheckEgress = {
  readonly policy: EgressPolicy;
  readonly limits?: Partial<EgressLimits>;
  /** For tests; the system's own otherwise. */
  readonly resolve?: Resolver;
};

/** Where to sign in, and how. */
export type CheckTarget = { readonly baseUrl: BaseUrl; readonly signIn: SignIn };

export type CheckOptions = {
  readonly signal?: AbortSignal;
  /** Called once for every step as it is decided. */
  readonly onStep?: (step: CheckStep) => void;
  /** For the log: network detail that people are not shown. Holds no secret and no header value. */
  readonly onFailure?: (failure: EgressFailure) => void;
  /** All of the check together, in milliseconds; 20 seconds if not given. */
  readonly totalMs?: number;
  /** Somebody's word that the credential goes out although something in front of the server turns visitors away. */
  readonly goesPastProxy?: boolean;
};
