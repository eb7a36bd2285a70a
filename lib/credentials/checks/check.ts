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
  /**
   * Whether the credential is sent past a proxy that turns visitors away: `said` by an override now, or `proven` by
   * the latest check.
   */
  readonly pastProxy?: "said" | "proven" | null;
  /** Scheduled checks do not count against a user's rate limit. */
  readonly isScheduled?: boolean;
  /** Called for each decided step; not called when the outcome is shared with a parallel check of the same secret. */
  readonly onStep?: OnStep | undefined;
  readonly timing?: LockoutTiming;
};

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
      // Network details go to the log only: on a page they would let users probe the network.
      onFailure: (failure) => log().info({ requestId: actor.requestId, failure }, "a check met a failure"),
    });
  };
  // The outcome may come from a parallel attempt with the same secret.
  const outcome = await withLockoutProtection(db, actor, attempt, send, timing);
  return checkOf(target.kind).foundFor(outcome, namedAccountOf(target.signIn));
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

/** A failed check as pages show it, and the form field it concerns, if any. */
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

/** A held-back check as shown to a user who may use the credential, but may not try again. */
export function notTheirsToTry(failed: FailedCheck): FailedCheck {
  return {
    ...failed,
    cure: "Nothing was sent this time, because a few failed attempts lock an account. The credential's owner, or an administrator of it, can correct it or try again.",
    whose: "the credential's owner",
  };
}
