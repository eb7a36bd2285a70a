import type { CheckOutcome, FailedOutcome } from "@/lib/connectors/types";

/** A sign-in that the server refused. */
export type SignInRefusal = { readonly reason: RefusalReason; readonly at: Date };
type RefusalReason = (typeof refusalReasons)[number];

/**
 * The refusals that a server may count. Not counted: a server without password sign-in, which checks no password; a
 * user directory that could not be reached; and answers from anything in front of Bitbucket, which then saw no
 * attempt.
 */
const refusalReasons = [
  "SECRET_REJECTED",
  "CREDENTIAL_IGNORED",
  "PASSWORD_EXPIRED",
  "ACCOUNT_DEACTIVATED",
  "ACCOUNT_LOCKED",
] as const;

/** What is stored about one account of one server; secrets are keyed fingerprints. */
export type LockoutState = {
  /** Consecutive sign-ins that were refused, or whose answer was lost, with any secret. */
  readonly refusals: number;
  readonly refused: (SignInRefusal & { readonly secret: string }) | null;
  /** Set when the server asked the portal to wait. */
  readonly wait: { readonly until: Date; readonly reason: WaitReason } | null;
  /** The one attempt in progress. */
  readonly lease: { readonly id: string; readonly secret: string; readonly until: Date } | null;
  /** When "Try again" was last used. */
  readonly overrideUsedAt: Date | null;
};
type WaitReason = "RATE_LIMITED" | "STARTING";

/** The request to sign in. */
export type LockoutRequest = {
  readonly secret: string;
  /** The instant at which the override's page was shown; the override counts once. Null: no override. */
  readonly override: Date | null;
  /** The refusal in the credential's own newest check; another secret's success does not clear it. Null without one. */
  readonly refusedBefore: SignInRefusal | null;
};

/** Go; share the outcome of the running attempt; wait for a turn; or refuse with a reason. */
export type LockoutDecision =
  | { readonly kind: "go"; readonly usesOverride: boolean }
  | { readonly kind: "share" | "turn"; readonly leaseId: string }
  | { readonly kind: "refuse"; readonly outcome: FailedOutcome };

/** Consecutive refused or lost sign-ins after which nothing is sent without an override. Bitbucket's own default limit is 5. */
const refusalsLimit = 2;
/** A server's `Retry-After` may name any time; the portal waits at most this long. */
const longestWaitMs = 60 * 60 * 1000;

/** Decides whether an attempt may be sent now. Of two at once, one is sent; see the decision record on lock-outs. */
export function decide(state: LockoutState, request: LockoutRequest, now: Date): LockoutDecision {
  const { lease, wait } = state;
  if (lease && lease.until > now) {
    return { kind: lease.secret === request.secret ? "share" : "turn", leaseId: lease.id };
  }
  if (wait && wait.until > now) {
    const retryAfterSeconds = Math.ceil((wait.until.getTime() - now.getTime()) / 1000);
    return { kind: "refuse", outcome: heldBack({ reason: wait.reason, retryAfterSeconds }) };
  }
  const stop = stopOf(state, request);
  if (!stop) return { kind: "go", usesOverride: false };
  if (isOverrideGood(state, request.override)) return { kind: "go", usesOverride: true };
  return { kind: "refuse", outcome: heldBack({ reason: stop.reason, ...agoOf(stop, now) }) };
}

function agoOf({ at }: Stop, now: Date): { refusedSecondsAgo?: number } {
  if (at === null) return {};
  return { refusedSecondsAgo: Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000)) };
}

/**
 * Counts an expired lease as a refusal: its process was killed or lost the database, and the server may have refused
 * the sign-in unnoticed.
 */
export function countLost(state: LockoutState, now: Date): LockoutState {
  const { lease, refusals } = state;
  return lease && lease.until <= now ? { ...state, refusals: refusals + 1, lease: null } : state;
}

// An override is void after a later override or refusal, which its user had not seen.
function isOverrideGood({ overrideUsedAt, refused }: LockoutState, override: Date | null): boolean {
  if (override === null) return false;
  return [overrideUsedAt, refused?.at].every((at) => !at || at < override);
}

/** Why nothing may be sent without an override, and since when; null where the time is unknown. */
export type Stop = { readonly reason: CheckStopReason; readonly at: Date | null };
export type CheckStopReason = "NOT_SENT_AGAIN" | "ACCOUNT_STOPPED" | "CAPTCHA_AWAITED";

/** Why an attempt needs an override; null when it may be sent. */
export function stopOf(
  { refusals, refused }: Pick<LockoutState, "refusals" | "refused">,
  request: Pick<LockoutRequest, "secret" | "refusedBefore">,
): Stop | null {
  const { refusedBefore } = request;
  if (refused?.reason === "ACCOUNT_LOCKED") return { reason: "CAPTCHA_AWAITED", at: refused.at };
  if (refused && refused.secret === request.secret) return { reason: "NOT_SENT_AGAIN", at: refused.at };
  if (refusals >= refusalsLimit) return { reason: "ACCOUNT_STOPPED", at: refused?.at ?? null };
  if (!refusedBefore) return null;
  const isLocked = refusedBefore.reason === "ACCOUNT_LOCKED";
  return { reason: isLocked ? "CAPTCHA_AWAITED" : "NOT_SENT_AGAIN", at: refusedBefore.at };
}

/** The state after an attempt with `secret` ended in `outcome`; the caller returns the lease. */
export function settle(state: LockoutState, secret: string, outcome: CheckOutcome, now: Date): LockoutState {
  // An account without permissions has signed in all the same.
  if (outcome.kind === "verified" || outcome.reason === "NOT_PERMITTED") {
    return { ...state, refusals: 0, refused: null, wait: null };
  }
  const reason = refusalReasonOf(outcome.reason);
  if (reason) return { ...state, refusals: state.refusals + 1, refused: { secret, reason, at: now } };
  const wait = waitOf(outcome, now);
  return wait ? { ...state, wait } : state;
}

/**
 * The same for a secret that was not known as refused when it was sent. If it is by now, the refusal was of a request
 * that was under way with this one: to count both would stop the account before a new secret was tried, and what was
 * proven before the refusal is not true any more.
 */
export function settleUnderWay(
  state: LockoutState,
  secret: string,
  outcome: CheckOutcome,
  now: Date,
): LockoutState {
  const settled = settle(state, secret, outcome, now);
  if (state.refused?.secret !== secret) return settled;
  return settled.refused === null ? state : { ...settled, refusals: state.refusals };
}

/** True if lock-out protection sent nothing: such an outcome has no steps. */
export function isHeldBack(outcome: CheckOutcome): boolean {
  return outcome.steps.length === 0;
}

/** True if **Try again** may override this refusal. */
export function awaitsOverride(outcome: FailedOutcome): boolean {
  return (["NOT_SENT_AGAIN", "ACCOUNT_STOPPED", "CAPTCHA_AWAITED"] satisfies CheckStopReason[]).some(
    (reason) => reason === outcome.reason,
  );
}

/** Too many attempts at once: this attempt's turn did not come in time. */
export const turnDidNotCome: FailedOutcome = {
  kind: "failed",
  step: "connection",
  reason: "PORTAL_BUSY",
  steps: [],
};

function heldBack(what: Pick<FailedOutcome, "reason" | "retryAfterSeconds" | "refusedSecondsAgo">) {
  return { kind: "failed", step: "signedIn", ...what, steps: [] } satisfies FailedOutcome;
}

/** The reason as a refusal that counts; null for all other reasons. */
export function refusalReasonOf(reason: string | null): RefusalReason | null {
  return refusalReasons.find((one) => one === reason) ?? null;
}

function waitOf({ reason, retryAfterSeconds }: FailedOutcome, now: Date): LockoutState["wait"] {
  if ((reason !== "RATE_LIMITED" && reason !== "STARTING") || retryAfterSeconds === undefined) return null;
  const waitMs = Math.min(retryAfterSeconds * 1000, longestWaitMs);
  return { reason, until: new Date(now.getTime() + waitMs) };
}
