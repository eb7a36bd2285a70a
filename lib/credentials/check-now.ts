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
import { permitsTyped } from "@/lib/credentials/checks/typed-ticket";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { awaitsWord, isHeldBack } from "@/lib/credentials/lockout/rules";
import { wordOf } from "@/lib/credentials/lockout/try-again-ticket";
import type { Db } from "@/lib/db/types";
import { recordCheck } from "./mutations";
import { getSignIn, type StoredSignIn } from "./queries";
import type { CheckCredentialInput } from "./schema";
import { ticketsAfter } from "./tickets";

/**
 * Checks a stored credential because the actor pressed Check now or Try again, and keeps what was found; returns why the
 * check failed, with the permissions that the actor may use next. Throws NOT_FOUND, NOT_ALLOWED and RATE_LIMITED.
 */
export async function checkNow(
  db: Db,
  actor: Actor,
  { credentialId, progressId, ...pressed }: CheckCredentialInput,
): Promise<Outcome<null, FailedCheck>> {
  const stored = await getSignIn(db, actor, credentialId);
  const { checked, target, mayTryAgain } = stored;
  const word = mayTryAgain ? await wordOf(pressed.tryAgainTicket, actor, checked) : null;
  const isPastFront =
    mayTryAgain && (await permitsTyped("send-past-front", pressed.pastFrontTicket, actor, target));
  const outcome = await withProgress(actor, progressId, (onRung) =>
    checkStored(db, actor, stored, { word, onRung, ...(isPastFront ? { pastFront: "said" as const } : {}) }),
  );
  if (outcome.kind === "verified") return done(null);
  const { notSent: _offer, ...notOffered } = outcome;
  const told = mayTryAgain ? outcome : notOffered;
  const { failed } = describeFailedCheck(told, shapeOfStored(target.signIn), target);
  const attempt = { target, what: checked, isPastFront };
  return refused<FailedCheck>(
    { code: "CHECK_FAILED", message: failed.title },
    {
      ...(awaitsWord(outcome) && !mayTryAgain ? notTheirsToTry(failed) : failed),
      ...(mayTryAgain ? await ticketsAfter(db, actor, attempt, outcome) : {}),
      atField: false,
      movedTo: null,
    },
  );
}

/**
 * Checks one version of a stored secret under the guard and keeps what it found, for Check now and for the schedule. What
 * the guard held back says nothing new of the credential, so it is returned and not kept. Throws as `recordCheck` does.
 */
export async function checkStored(
  db: Db,
  actor: Actor,
  { checked, target, refusedBefore, pastFront }: StoredSignIn,
  circumstances: Omit<CheckCircumstances, "credentialId" | "refusedBefore">,
): Promise<CheckOutcome> {
  const { credentialId } = checked;
  const outcome = await checkFor(db, actor, target, {
    credentialId,
    refusedBefore,
    pastFront,
    ...circumstances,
  });
  if (!isHeldBack(outcome)) await recordCheck(db, actor, checked, outcome);
  return outcome;
}
