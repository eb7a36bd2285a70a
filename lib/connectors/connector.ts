import type { Resolver } from "@/lib/egress/dns-lookups";
import type { EgressFailure } from "@/lib/egress/failure";
import type { EgressLimits } from "@/lib/egress/limits";
import type { EgressPolicy } from "@/lib/egress/policy";
import type { BaseUrl } from "./base-url";
import type { BaseUrlDiagnosis } from "./base-url-diagnosis";
import type { FailureDescription } from "./failures";
import type { CheckOutcome, CheckStep, FailedOutcome, SignIn, SignInChoice, SignInShape } from "./types";

/** One kind of system, apart from how to check it. Pure and browser-safe. */
export type Connector = {
  /** The system's usual name. */
  readonly name: string;
  /** One line that distinguishes the system where a connector is chosen. */
  readonly note: string;
  /** Turns a pasted text into a base URL; never throws. */
  readonly normalizeBaseUrl: (typed: string) => BaseUrlDiagnosis;
  /** Chooses the sign-in from the two fields; never throws. */
  readonly chooseSignIn: (usernameOrApiKey: string, password: string) => SignInChoice;
  /** The texts for a failed check. */
  readonly describeFailure: (outcome: FailedOutcome, shape: SignInShape) => FailureDescription;
};

/** How one kind of system is checked; server only. */
export type ConnectorCheck = {
  /** Verifies a credential: never throws, and makes one sign-in attempt at most. */
  readonly check: (egress: CheckEgress, target: CheckTarget, options?: CheckOptions) => Promise<CheckOutcome>;
  /** A shared outcome, for a user who named another account with the same secret. */
  readonly foundFor: (outcome: CheckOutcome, namedAccount: string | null) => CheckOutcome;
};

/** What a check may use on the network. */
export type CheckEgress = {
  readonly policy: EgressPolicy;
  readonly limits?: Partial<EgressLimits>;
  /** For tests; the system's resolver by default. */
  readonly resolve?: Resolver;
  /** Asked before the first byte of each request; false cancels it. */
  readonly maySend?: () => boolean;
};

/** Where to sign in, and with what. */
export type CheckTarget = { readonly baseUrl: BaseUrl; readonly signIn: SignIn };

export type CheckOptions = {
  readonly signal?: AbortSignal;
  /** Called once for each step as it is decided. */
  readonly onStep?: (step: CheckStep) => void;
  /** For the log: network details that users must not see. Holds no secret and no header value. */
  readonly onFailure?: (failure: EgressFailure) => void;
  /** The limit for the whole check, in milliseconds; 20 seconds by default. */
  readonly totalMs?: number;
  /** Requests that may be under way at a time, each on a connection of its own; 1 by default. */
  readonly atOnce?: number;
  /** The override: the credential is sent although a proxy in front of the server turns visitors away. */
  readonly goesPastProxy?: boolean;
};
