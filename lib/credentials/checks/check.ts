import "server-only";
import type { Actor } from "@/lib/actor";
import { recordAlone } from "@/lib/audit/change";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { checkOf } from "@/lib/connectors/checks";
import type { CheckTarget } from "@/lib/connectors/connector";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { connectorOf } from "@/lib/connectors/registry";
import { namedAccountOf } from "@/lib/connectors/sign-in";
import type { CheckOutcome, FailedOutcome, SignInShape } from "@/lib/connectors/types";
import { protectedAccountOf, protectedSecretOf } from "@/lib/credentials/lockout/account";
import {
  type LockoutTiming,
  lockoutTimingFor,
  withLockoutProtection,
} from "@/lib/credentials/lockout/protection";
import type { SignInRefusal } from "@/lib/credentials/lockout/rules";
import type { Db } from "@/lib/db/types";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { egressLimits } from "@/lib/portal/egress";
import { checkLimit, consume, targetLimit } from "@/lib/rate-limit";
import { egressPolicyFor } from "@/lib/servers/trusted-egress";
import type { OnStep } from "./progress";
import type { FailedCheck } from "./types";

/** What is checked: a sign-in to a server of some kind. */
export type CredentialTarget = CheckTarget & { readonly kind: ConnectorKind };

/** Who asked for a check, and what is known before it. */
export type CheckCircumstances = {
  /** The stored credential; null while it is being added. */
  readonly credentialId?: string | null;
  /** "Try again", said by somebody who may: from `overrideOf`. */
  readonly override?: Date | null;
  /** What the credential's newest check met. */
  readonly refusedBefore?: SignInRefusal | null;
  /** Whether it goes past what turns visitors away: on somebody's word, or because the latest check was made so. */
  readonly pastProxy?: "said" | "proven" | null;
  /** A background job's checks use up nobody's allowance. */
  readonly isScheduled?: boolean;
  /** Told of each step as it is decided; of a check that another one of the same secret makes, nothing. */
  readonly onStep?: OnStep | undefined;
  readonly timing?: LockoutTiming;
};

/**
 * Checks for this person, under lock-out protection that keeps the account from being locked, and within the limits per person and
 * per server; throws RATE_LIMITED beyond them. Makes one sign-in attempt at most.
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
    pastProxy = null,
    isScheduled,
    timing = lockoutTimingFor(env().EGRESS_CHECK_MS),
    onStep,
  } = circumstances;
  if (!isScheduled) await consume(db, checkLimit, actor.userId);
  const protectedAccount = protectedAccountOf(target);
  const attempt = {
    protectedAccount,
    secret: protectedSecretOf(target),
    override,
    refusedBefore,
    credentialId,
  };
  const send = async () => {
    await consume(db, targetLimit, target.baseUrl.host);
    if (pastProxy === "said") await recordOverride(db, actor, credentialId, target.baseUrl);
    const egress = { policy: await egressPolicyFor(db, target.baseUrl), limits: egressLimits() };
    return checkOf(target.kind).check(egress, target, {
      totalMs: env().EGRESS_CHECK_MS,
      goesPastProxy: pastProxy !== null,
      ...(onStep ? { onStep } : {}),
      // Network detail is for the log: told to people, it would let them look around in the network.
      onFailure: (failure) => log().info({ requestId: actor.requestId, failure }, "a check met a failure"),
    });
  };
  // It may be what another one's attempt with the same secret found.
  const outcome = await withLockoutProtection(db, actor, attempt, send, timing);
  return checkOf(target.kind).foundFor(outcome, namedAccountOf(target.signIn));
}

/** Keeps that somebody let a credential go past what stands in front of its server. */
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

/** A check that has just failed as pages show it, and the field that it concerns, if any. */
export function describeFailedCheck(
  outcome: FailedOutcome,
  shape: SignInShape,
  { kind, baseUrl }: CredentialTarget,
) {
  const { title, cure, whose, field, mayStoreUnchecked } = connectorOf(kind).describeFailure(outcome, shape);
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

/** What a check that lock-out protection held back says to somebody who may use the credential, but not try again with it. */
export function notTheirsToTry(failed: FailedCheck): FailedCheck {
  return {
    ...failed,
    cure: "Nothing was sent this time, because a few failed attempts lock an account. The credential's owner, or an administrator of it, can correct it or try again.",
    whose: "the credential's owner",
  };
}
