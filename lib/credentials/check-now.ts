import "server-only";
import { done, type Outcome, refused } from "@/lib/action-result";
import type { Actor } from "@/lib/actor";
import { shapeOfStored } from "@/lib/connectors/sign-in";
import type { CheckOutcome } from "@/lib/connectors/types";
import {
  type CheckCircumstances,
  checkFor,
  describeFailedCheck,
  notTheirsToTry,
} from "@/lib/credentials/checks/check";
import { withProgress } from "@/lib/credentials/checks/progress";
import { permitsTyped } from "@/lib/credentials/checks/typed-token";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { awaitsOverride, isHeldBack } from "@/lib/credentials/lockout/rules";
import { overrideOf } from "@/lib/credentials/lockout/try-again-token";
import type { Db } from "@/lib/db/types";
import { recordCheck } from "./mutations";
import { getSignIn, type StoredSignIn } from "./queries";
import type { CheckCredentialInput } from "./schema";
import { tokensAfter } from "./tokens";

/**
 * Checks a stored credential after the actor pressed Check now or Try again, and records the outcome. Returns why the
 * check failed, with the signed tokens for the actor's next step. Throws NOT_FOUND, NOT_ALLOWED and RATE_LIMITED.
 */
export async function checkNow(
  db: Db,
  actor: Actor,
  { credentialId, progressId, ...pressed }: CheckCredentialInput,
): Promise<Outcome<null, FailedCheck>> {
  const stored = await getSignIn(db, actor, credentialId);
  const { checked, target, mayTryAgain } = stored;
  const override = mayTryAgain ? await overrideOf(pressed.tryAgainToken, actor, checked) : null;
  const isPastProxy =
    mayTryAgain && (await permitsTyped("send-past-front", pressed.pastProxyToken, actor, target));
  const outcome = await withProgress(actor, progressId, (onStep) =>
    checkStored(db, actor, stored, {
      override,
      onStep,
      ...(isPastProxy ? { pastProxy: "said" as const } : {}),
    }),
  );
  if (outcome.kind === "verified") return done(null);
  const { notSent: _offer, ...notOffered } = outcome;
  const told = mayTryAgain ? outcome : notOffered;
  const { failed } = describeFailedCheck(told, shapeOfStored(target.signIn), target, stored.reader);
  const attempt = { target, what: checked, isPastProxy };
  return refused<FailedCheck>(
    { code: "CHECK_FAILED", message: failed.title },
    {
      ...(awaitsOverride(outcome) && !mayTryAgain ? notTheirsToTry(failed) : failed),
      ...(mayTryAgain ? await tokensAfter(db, actor, attempt, outcome) : {}),
      atField: false,
      movedTo: null,
    },
  );
}

/**
 * Checks one version of a stored secret under lock-out protection and records the outcome; used by Check now and the
 * schedule. An outcome that lock-out protection held back is returned but not recorded, because it says nothing new
 * about the credential. Throws as `recordCheck` does.
 */
export async function checkStored(
  db: Db,
  actor: Actor,
  { checked, target, refusedBefore, pastProxy, accountName }: StoredSignIn,
  circumstances: Omit<CheckCircumstances, "credentialId" | "refusedBefore" | "accountName">,
): Promise<CheckOutcome> {
  const { credentialId } = checked;
  const outcome = await checkFor(db, actor, target, {
    credentialId,
    refusedBefore,
    accountName,
    pastProxy,
    ...circumstances,
  });
  if (!isHeldBack(outcome)) await recordCheck(db, actor, checked, outcome);
  return outcome;
}
