import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Actor } from "@/lib/actor";
import { recordAlone } from "@/lib/audit/change";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { checkOf } from "@/lib/connectors/checks";
import type { CheckTarget } from "@/lib/connectors/connector";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { namedAccountOf } from "@/lib/connectors/sign-in";
import type { CheckOutcome, FailedOutcome, SignInShape } from "@/lib/connectors/types";
import { allowanceAccountOf, protectedAccountOf, protectedSecretOf } from "@/lib/credentials/lockout/account";
import {
  isRefusalRecorded,
  type LockoutTiming,
  lockoutTimingFor,
  settleOutside,
  withLockoutProtection,
} from "@/lib/credentials/lockout/protection";
import {
  announceRefusal,
  type IsRefused,
  type SentSignIn,
  watchRefusals,
} from "@/lib/credentials/lockout/refusals";
import { refusalReasonOf, type SignInRefusal, turnDidNotCome } from "@/lib/credentials/lockout/rules";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { egressLimits } from "@/lib/portal/egress";
import { checkLimit, consume, giveBack, scheduledTargetLimit, targetLimit } from "@/lib/rate-limit";
import {
  callsOfACheck,
  giveBackAllowance,
  noteAllowance,
  noteWait,
  reserveAllowance,
} from "@/lib/server-shares/allowance";
import { withServerSlot } from "@/lib/server-shares/slots";
import { egressPolicyFor } from "@/lib/servers/trusted-egress";
import { type FailureReader, forReader } from "./for-reader";
import type { OnStep } from "./progress";
import type { FailedCheck } from "./types";

/** What a check needs: a sign-in, a base URL and the kind of server. */
export type CredentialTarget = CheckTarget & { readonly kind: ConnectorKind };

/** How a check was started, and what is known before it. */
export type CheckCircumstances = {
  /** The stored credential; null while it is being added. */
  readonly credentialId?: string | null;
  /** The instant of a valid override ("Try again"), from `overrideOf`. */
  readonly override?: Date | null;
  /** The refusal that the credential's newest check met. */
  readonly refusedBefore?: SignInRefusal | null;
  /** The account as the latest check found it; its request allowance is shared. */
  readonly accountName?: string | null;
  /**
   * Whether the credential is sent past a proxy that turns visitors away: `said` by an override now, or `proven` by
   * the latest check.
   */
  readonly pastProxy?: "said" | "proven" | null;
  /** Scheduled checks do not count against a user's rate limit. */
  readonly isScheduled?: boolean;
  /** Called for each decided step; not called when the outcome is shared with a parallel check of the same secret. */
  readonly onStep?: OnStep | undefined;
  /** Called when the server's slot is free again: what follows is the portal's own bookkeeping. */
  readonly onSlotFree?: (() => void) | undefined;
  /** Called when others had all slots of the server, so that nothing was sent. */
  readonly onSlotsTaken?: (() => void) | undefined;
  readonly timing?: LockoutTiming;
};

/**
 * Requests that a check may have under way while a user waits for it: as many as depend on nothing but the sign-in, and
 * fewer than the refusals that lock an account, should the secret be revoked just then. Scheduled checks make one.
 */
const requestsAtOnce = 4;

/**
 * Checks a sign-in under lock-out protection and within the limits per user and per server; throws RATE_LIMITED
 * beyond them. Makes one sign-in attempt at most.
 */
export async function checkFor(
  db: Db,
  actor: Actor,
  target: CredentialTarget,
  circumstances: CheckCircumstances = {},
): Promise<CheckOutcome> {
  const {
    credentialId = null,
    override = null,
    refusedBefore = null,
    accountName = null,
    pastProxy = null,
    isScheduled,
    timing = lockoutTimingFor(env().EGRESS_CHECK_MS),
    onStep,
    onSlotFree,
    onSlotsTaken,
  } = circumstances;
  if (!isScheduled) await consume(db, checkLimit, actor.userId);
  const sent = { protectedAccount: protectedAccountOf(target), secret: protectedSecretOf(target) };
  const attempt = { ...sent, override, refusedBefore, credentialId };
  let isRefused: IsRefused = () => false;
  const send = async () => {
    isRefused = await watchRefusals(sent);
    const limit = isScheduled ? scheduledTargetLimit : targetLimit;
    await consume(db, limit, target.baseUrl.host);
    if (pastProxy === "said") await recordOverride(db, actor, credentialId, target.baseUrl);
    const policy = await egressPolicyFor(db, target.baseUrl);
    const egress = { policy, limits: egressLimits(), maySend: () => !isRefused() };
    const check = () =>
      checkOf(target.kind).check(egress, target, {
        totalMs: env().EGRESS_CHECK_MS,
        atOnce: isScheduled ? 1 : requestsAtOnce,
        goesPastProxy: pastProxy !== null,
        ...(onStep ? { onStep } : {}),
        // Network details go to the log only: on a page they would let users probe the network.
        onFailure: (failure) => log().info({ requestId: actor.requestId, failure }, "a check met a failure"),
      });
    const checked = () => unlessRefused(db, sent, { override, isRefused }, check);
    const kind = isScheduled ? "recheck" : "short";
    const outcome = await withinShares(db, target, { accountName, check: checked, onSlotFree, kind });
    if (outcome !== "slots-taken") return outcome;
    await giveBack(db, limit, target.baseUrl.host);
    onSlotsTaken?.();
    return turnDidNotCome;
  };
  // The outcome may come from a parallel attempt with the same secret.
  const outcome = await withLockoutProtection(db, actor, attempt, send, timing);
  // What the check had proven before a run was refused is not true any more.
  if (outcome.kind === "verified" && ((await isRefusalRecorded(db, sent, override)) || isRefused()))
    return notSentAgain;
  return checkOf(target.kind).foundFor(outcome, namedAccountOf(target.signIn));
}

/** Held back: the secret was refused after the check had begun. */
const notSentAgain: FailedOutcome = {
  kind: "failed",
  step: "signedIn",
  reason: "NOT_SENT_AGAIN",
  steps: [],
};

/**
 * Checks with a slot of the server at hand, and sends nothing once a refusal of the same secret is known: a run may have
 * met one while the check waited. The check's own refusal is recorded before the slot is given back.
 */
async function unlessRefused(
  db: Db,
  sent: SentSignIn,
  { override, isRefused }: { override: Date | null; isRefused: IsRefused },
  check: () => Promise<CheckOutcome>,
): Promise<CheckOutcome> {
  if (await isRefusalRecorded(db, sent, override)) return notSentAgain;
  const outcome = await check();
  if (outcome.kind === "verified") return outcome;
  if (refusalReasonOf(outcome.reason)) await announceRefusal(sent, () => settleOutside(db, sent, outcome));
  return isRefused() && outcome.reason === "CANCELLED" ? notSentAgain : outcome;
}

/** The longest wait for a share of the server; a check that does not get one sends nothing. */
const longestShareWaitMs = 8_000;

type Sharing = {
  readonly accountName: string | null;
  readonly onSlotFree: (() => void) | undefined;
  readonly check: () => Promise<CheckOutcome>;
  readonly kind: "recheck" | "short";
};

/** Makes a check when runs of sources leave it a slot and requests, and shares what it learns of the allowance. */
async function withinShares(
  db: Db,
  target: CredentialTarget,
  { accountName, check, onSlotFree, kind }: Sharing,
): Promise<CheckOutcome | "slots-taken"> {
  const reserved = allowanceAccountOf(target, accountName);
  const waitMs = await reserveAllowance(db, reserved, callsOfACheck);
  await sleep(Math.min(waitMs, longestShareWaitMs));
  const outcome = await withServerSlot(db, target.baseUrl.origin, check, {
    waitMs: longestShareWaitMs,
    kind,
  });
  if (outcome === "busy") {
    await giveBackAllowance(db, reserved, callsOfACheck);
    return "slots-taken";
  }
  onSlotFree?.();
  if (outcome.kind === "verified") {
    await noteAllowance(db, allowanceAccountOf(target, outcome.account.name), outcome.allowance);
  } else if (outcome.retryAfterSeconds !== undefined) {
    await noteWait(db, reserved, outcome.retryAfterSeconds);
  }
  return outcome;
}

/** Records that the actor sent a credential past the proxy in front of its server. */
async function recordOverride(
  db: Db,
  actor: Actor,
  subjectId: string | null,
  { href }: BaseUrl,
): Promise<void> {
  await recordAlone(db, actor, {
    event: "credential.sent-past-front",
    subjectId,
    details: { baseUrl: href },
  });
}

/** A failed check as pages show it, and the form field it concerns, if any; of a stored credential, for its `reader`. */
export function describeFailedCheck(
  outcome: FailedOutcome,
  shape: SignInShape,
  { kind, baseUrl }: CredentialTarget,
  reader?: FailureReader,
) {
  const described = connectorOf(kind).describeFailure(outcome, shape);
  const told = reader ? forReader(described, outcome.reason, reader) : described;
  const { title, cure, whose, field, mayStoreUnchecked } = told;
  const atField = field !== null;
  const checkedAt = new Date().toISOString();
  const about = { title, cure, atField, whose, baseUrl: baseUrl.href, checkedAt };
  const failed: FailedCheck = {
    ...about,
    steps: outcome.steps,
    uncheckedToken: null,
    tryAgainToken: null,
    isAccountStopped: outcome.reason === "ACCOUNT_STOPPED" || outcome.reason === "CAPTCHA_AWAITED",
    pastProxyToken: null,
    movedTo: outcome.movedTo ?? null,
  };
  return { failed, fieldErrors: field ? { [field]: `${title}. ${cure}` } : {}, mayStoreUnchecked };
}

/** A held-back check as shown to a user who may use the credential, but may not try again. */
export function notTheirsToTry(failed: FailedCheck): FailedCheck {
  return {
    ...failed,
    cure: "Nothing was sent this time, because a few failed attempts lock an account. The credential's owner, or an administrator of it, can correct it or try again.",
    whose: "the credential's owner",
  };
}
