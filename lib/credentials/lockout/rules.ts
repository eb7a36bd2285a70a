import type { CheckOutcome, FailedOutcome } from "@/lib/connectors/types";

/** A sign-in that the server refused. */
export type SignInRefusal = { readonly reason: RefusalReason; readonly at: Date };
type RefusalReason = (typeof refusalReasons)[number];

/**
 * The refusals that a server may count. Not counted: a server without passwords, which looks at none; a directory that
 * could not be asked; and whatever answers in Bitbucket's place, since then Bitbucket heard of no attempt.
 */
const refusalReasons = [
  "SECRET_REJECTED",
  "CREDENTIAL_IGNORED",
  "PASSWORD_EXPIRED",
  "ACCOUNT_DEACTIVATED",
  "ACCOUNT_LOCKED",
] as const;

/** What is remembered of one account of one server; secrets are keyed fingerprints. */
export type LockoutState = {
  /** Sign-ins in a row that were refused, or whose answer got lost, whatever the secret. */
  readonly refusals: number;
  readonly refused: (SignInRefusal & { readonly secret: string }) | null;
  /** The server asked to stay away. */
  readonly wait: { readonly until: Date; readonly reason: WaitReason } | null;
  /** The one attempt that is under way. */
  readonly lease: { readonly id: string; readonly secret: string; readonly until: Date } | null;
  /** When somebody last said "try again". */
  readonly overrideUsedAt: Date | null;
};
type WaitReason = "RATE_LIMITED" | "STARTING";

/** Somebody wants to sign in. */
export type LockoutRequest = {
  readonly secret: string;
  /** "Try again", said in view of everything up to this instant; counts once. Null: nobody said it. */
  readonly override: Date | null;
  /** What the credential's own newest check met, which outlives a success of another secret; null when it met no refusal. */
  readonly refusedBefore: SignInRefusal | null;
};

/** Go; share what the attempt under way will find; wait for one's turn; or be told why nothing is sent. */
export type LockoutDecision =
  | { readonly kind: "go"; readonly usesWord: boolean }
  | { readonly kind: "share" | "turn"; readonly leaseId: string }
  | { readonly kind: "refuse"; readonly outcome: FailedOutcome };

/** Refused or lost sign-ins in a row after which nothing is sent without somebody's word. Bitbucket's own default limit is 5. */
const refusalsLimit = 2;
/** A server may ask for any time; nobody waits longer than this for a header. */
const longestWaitMs = 60 * 60 * 1000;

/** Whether an attempt may go to the server now. Of two at once one goes; see the decision record on lock-outs. */
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
  if (!stop) return { kind: "go", usesWord: false };
  if (isOverrideGood(state, request.override)) return { kind: "go", usesWord: true };
  return { kind: "refuse", outcome: heldBack({ reason: stop.reason, ...agoOf(stop, now) }) };
}

function agoOf({ at }: Stop, now: Date): { refusedSecondsAgo?: number } {
  if (at === null) return {};
  return { refusedSecondsAgo: Math.max(0, Math.round((now.getTime() - at.getTime()) / 1000)) };
}

/**
 * What is known once the time of whoever held the account has run out: they were killed, or could not reach the database.
 * The server may have refused them, and nobody heard it, so it counts as a refusal.
 */
export function countLost(state: LockoutState, now: Date): LockoutState {
  const { lease, refusals } = state;
  return lease && lease.until <= now ? { ...state, refusals: refusals + 1, lease: null } : state;
}

// What was used or refused since was not known to whoever says it.
function isOverrideGood({ overrideUsedAt, refused }: LockoutState, override: Date | null): boolean {
  if (override === null) return false;
  return [overrideUsedAt, refused?.at].every((at) => !at || at < override);
}

/** Why nothing may be sent without somebody's word, and since when; null where that is not known. */
export type Stop = { readonly reason: CheckStopReason; readonly at: Date | null };
export type CheckStopReason = "NOT_SENT_AGAIN" | "ACCOUNT_STOPPED" | "CAPTCHA_AWAITED";

/** Whether an attempt needs somebody's word. */
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

/** What is remembered after an attempt with `secret` came to `outcome`; the lease is for its holder to give back. */
export function settle(state: LockoutState, secret: string, outcome: CheckOutcome, now: Date): LockoutState {
  // An account that may do nothing has signed in all the same.
  if (outcome.kind === "verified" || outcome.reason === "NOT_PERMITTED") {
    return { ...state, refusals: 0, refused: null, wait: null };
  }
  const reason = refusalReasonOf(outcome.reason);
  if (reason) return { ...state, refusals: state.refusals + 1, refused: { secret, reason, at: now } };
  const wait = waitOf(outcome, now);
  return wait ? { ...state, wait } : state;
}

/** Whether nothing was sent for this outcome: lock-out protection decided it, so no step was taken. */
export function isHeldBack(outcome: CheckOutcome): boolean {
  return outcome.steps.length === 0;
}

/** Whether it is somebody's word that would let the attempt go. */
export function awaitsOverride(outcome: FailedOutcome): boolean {
  return (["NOT_SENT_AGAIN", "ACCOUNT_STOPPED", "CAPTCHA_AWAITED"] satisfies CheckStopReason[]).some(
    (reason) => reason === outcome.reason,
  );
}

/** Too many attempts at once: one's turn did not come in time. */
export const turnDidNotCome: FailedOutcome = {
  kind: "failed",
  step: "connection",
  reason: "PORTAL_BUSY",
  steps: [],
};

function heldBack(what: Pick<FailedOutcome, "reason" | "retryAfterSeconds" | "refusedSecondsAgo">) {
  return { kind: "failed", step: "signedIn", ...what, steps: [] } satisfies FailedOutcome;
}

/** The reason of a failure as a refusal that counts; null for all others. */
export function refusalReasonOf(reason: string | null): RefusalReason | null {
  return refusalReasons.find((one) => one === reason) ?? null;
}

function waitOf({ reason, retryAfterSeconds }: FailedOutcome, now: Date): LockoutState["wait"] {
  if ((reason !== "RATE_LIMITED" && reason !== "STARTING") || retryAfterSeconds === undefined) return null;
  const waitMs = Math.min(retryAfterSeconds * 1000, longestWaitMs);
  return { reason, until: new Date(now.getTime() + waitMs) };
}
