import "server-only";
import { done, type Outcome, refused } from "@/lib/action-result";
import type { Actor } from "@/lib/actor";
import { shapeOfStored } from "@/lib/connectors/sign-in";
import type { CheckOutcome, FailedOutcome } from "@/lib/connectors/types";
import { checkFor, describeFailedCheck } from "@/lib/credentials/checks/check";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { isHeldBack } from "@/lib/credentials/lockout/rules";
import { overrideOf } from "@/lib/credentials/lockout/try-again-token";
import type { PreviousSecretInput } from "@/lib/credentials/schema";
import { tokensAfter } from "@/lib/credentials/tokens";
import type { Db } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { requireByPolicy } from "@/lib/sign-in-policy/effective";
import { recordPreviousCheck, recordUnusedCheck, switchBackTo } from "./mutations";
import { isDecided } from "./outcome";
import { getPreviousSignIn, type PreviousSignIn, previousGone } from "./queries";

/**
 * Checks a credential's previous secret and swaps the two; returns the credential's id, or why they were not swapped.
 * One that the server refuses as wrong is deleted. Throws what `getPreviousSignIn` and `switchBackTo` throw, and
 * RATE_LIMITED.
 */
export async function switchBack(
  db: Db,
  actor: Actor,
  input: PreviousSecretInput,
): Promise<Outcome<string, FailedCheck>> {
  const { credentialId, secretVersion } = input;
  const current = { credentialId, secretVersion };
  const previous = await getUnchanged(db, actor, input);
  const { target } = previous;
  // Checked before the network call: a sign-in that may not be stored is not sent either.
  await requireByPolicy(db, { ...target, outcome: null });
  const outcome = await checkPrevious(db, actor, previous, input);
  if (outcome.kind === "failed") {
    if (!isHeldBack(outcome)) await recordPreviousCheck(db, actor, current, outcome);
    return refusedCheck(db, actor, previous, outcome);
  }
  try {
    await switchBackTo(db, actor, { current, target, outcome });
  } catch (error) {
    if (error instanceof AppError) await recordUnusedCheck(db, actor, credentialId, outcome);
    throw error;
  }
  return done(credentialId);
}

/**
 * Signs in once with a credential's previous secret. One that the server refuses as wrong is dead, and deleted; of one
 * that works, the page says so. Returns why the server could not say. Throws as `switchBack`.
 */
export async function checkThatDead(
  db: Db,
  actor: Actor,
  input: PreviousSecretInput,
): Promise<Outcome<null, FailedCheck>> {
  const { credentialId, secretVersion } = input;
  const previous = await getUnchanged(db, actor, input);
  const outcome = await checkPrevious(db, actor, previous, input);
  if (!isHeldBack(outcome)) {
    const current = { credentialId, secretVersion };
    await recordPreviousCheck(db, actor, current, outcome);
  }
  if (outcome.kind === "verified" || isDecided(outcome)) return done(null);
  return refusedCheck(db, actor, previous, outcome);
}

/** The previous sign-in, if neither secret has changed since the page was made: nothing is sent for an outdated form. */
async function getUnchanged(db: Db, actor: Actor, input: PreviousSecretInput): Promise<PreviousSignIn> {
  const previous = await getPreviousSignIn(db, actor, input.credentialId);
  if (previous.currentVersion !== input.secretVersion) throw new AppError(previousGone);
  return previous;
}

async function checkPrevious(
  db: Db,
  actor: Actor,
  { checked, target, accountName, refusedBefore, pastProxy }: PreviousSignIn,
  { tryAgainToken }: PreviousSecretInput,
): Promise<CheckOutcome> {
  const override = await overrideOf(tryAgainToken, actor, checked);
  const { credentialId } = checked;
  return checkFor(db, actor, target, { credentialId, override, refusedBefore, accountName, pastProxy });
}

async function refusedCheck(
  db: Db,
  actor: Actor,
  { checked, target }: PreviousSignIn,
  outcome: FailedOutcome,
): Promise<Outcome<never, FailedCheck>> {
  // The forms have no button to send it past a proxy, so no token for that is offered.
  const { notSent: _offer, ...told } = outcome;
  const { failed } = describeFailedCheck(told, shapeOfStored(target.signIn), target);
  const attempt = { target, what: checked, isPastProxy: false };
  const { tryAgainToken } = await tokensAfter(db, actor, attempt, outcome);
  return refused<FailedCheck>(
    { code: "CHECK_FAILED", message: failed.title },
    { ...failed, ...cureOf(outcome), tryAgainToken, atField: false, movedTo: null },
  );
}

/** The cure where that of a typed secret, to enter another one, does not help; nothing for other failures. */
function cureOf({ reason }: FailedOutcome): Partial<FailedCheck> {
  if (reason === "SECRET_REJECTED") {
    // Its steps would say no more.
    const cure =
      "It is deleted here. The current secret stays in use. To renew the credential, replace that one.";
    return { steps: [], cure };
  }
  if (reason !== "NOT_SENT_AGAIN") return {};
  return { cure: "It has not been sent again by itself. Press Try again to send it once." };
}
