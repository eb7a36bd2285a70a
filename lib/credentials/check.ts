import "server-only";
import type { Actor } from "@/lib/actor";
import { checkCredential } from "@/lib/bitbucket/check";
import { describeFailure } from "@/lib/bitbucket/reasons";
import type { CheckOutcome, FailedOutcome, SignIn, SignInShape } from "@/lib/bitbucket/types";
import type { Db } from "@/lib/db/client";
import { log } from "@/lib/log";
import { checkLimit, consume, targetLimit } from "@/lib/rate-limit";
import { egressPolicyFor } from "@/lib/servers/trusted-egress";
import type { OnRung } from "./check-progress";
import type { FailedCheck } from "./types";

/** Where to sign in, and how. */
export type CheckTarget = { readonly baseUrl: string; readonly signIn: SignIn };

/** Checks for this person, within the limits per person and per server; throws RATE_LIMITED beyond them. Makes one sign-in attempt at most. */
export async function checkFor(
  db: Db,
  actor: Actor,
  target: CheckTarget,
  { onRung }: { onRung?: OnRung | undefined } = {},
): Promise<CheckOutcome> {
  await consume(db, checkLimit, actor.userId);
  await consume(db, targetLimit, new URL(target.baseUrl).host);
  return checkCredential({ policy: await egressPolicyFor(db, target.baseUrl) }, target, {
    ...(onRung ? { onRung } : {}),
    // Network detail is for the log: told to people, it would let them look around in the network.
    onFailure: (failure) => log().info({ requestId: actor.requestId, failure }, "a check met a failure"),
  });
}

/** A check that has just failed as pages show it, and the field that it concerns, if any. */
export function describeFailedCheck(outcome: FailedOutcome, shape: SignInShape, baseUrl: string) {
  const { title, cure, whose, field, mayStoreUnchecked } = describeFailure(outcome, shape);
  const atField = field !== null;
  const checkedAt = new Date().toISOString();
  const about = { title, cure, atField, whose, baseUrl, checkedAt };
  const failed: FailedCheck = { ...about, rungs: outcome.rungs, uncheckedTicket: null };
  return { failed, fieldErrors: field ? { [field]: `${title}. ${cure}` } : {}, mayStoreUnchecked };
}
