"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome, refused } from "@/lib/action-result";
import type { Actor } from "@/lib/actor";
import { shapeOfStored } from "@/lib/connectors/bitbucket-server/sign-in";
import type {
  CheckOutcome,
  FailedOutcome,
  FailureReason,
  SignInShape,
} from "@/lib/connectors/bitbucket-server/types";
import { checkFor, describeFailedCheck, notTheirsToTry } from "@/lib/credentials/checks/check";
import { withProgress } from "@/lib/credentials/checks/progress";
import { issueTypedTicket, permitsTyped } from "@/lib/credentials/checks/typed-ticket";
import type { FailedCheck } from "@/lib/credentials/checks/types";
import { type CheckTarget, guardedAccountOf } from "@/lib/credentials/lockout/account";
import { awaitsWord, isHeldBack } from "@/lib/credentials/lockout/rules";
import { issueTryAgainTicket, type TriedAgain, wordOf } from "@/lib/credentials/lockout/try-again-ticket";
import { database } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";
import { changedMeanwhile } from "@/lib/edits";
import { AppError } from "@/lib/errors";
import { credentialPath, wizardPaths } from "@/lib/paths";
import { keepTyped } from "./kept-fields";
import {
  addCredential,
  editCredential,
  nameTaken,
  recordCheck,
  recordRefusal,
  replaceSecret,
  secretChanged,
  setKeyEnd,
} from "./mutations";
import { getChangeable, getSignIn, ownsCredentialNamed } from "./queries";
import {
  addCredentialSchema,
  checkCredentialSchema,
  editCredentialSchema,
  replaceSecretSchema,
  setKeyEndSchema,
} from "./schema";
import type { EditableCredential } from "./types";

const inWizard = z.object({
  direction: z.enum(["source", "destination"]),
  connector: z.literal("bitbucket-server"),
});
// A credential can be added by itself too; a wizard that is named by halves is none.
const byItself = z.object({ direction: z.undefined().optional(), connector: z.undefined().optional() });

type Saved = { credentialId: string; wizard: z.output<typeof inWizard> | null };

/** Where one hears of what was done to a credential. */
function told(news: "saved" | "edited" | "replaced", credentialId: string): string {
  return `${credentialPath(credentialId)}?${news}=1`;
}

type Submitted = {
  /** The credential that is changed; null for a new one. */
  credentialId: string | null;
  target: CheckTarget;
  shape: SignInShape;
  uncheckedTicket?: string | undefined;
  progressId?: string | undefined;
  tryAgainTicket?: string | undefined;
  pastFrontTicket?: string | undefined;
  fillIn?: string | undefined;
};

/** What every Save of a secret does: one check at most, and `store` only what the server accepted or could not be asked about. */
async function checkThenStore<Data>(
  db: Db,
  actor: Actor,
  { credentialId, target, shape, progressId, ...pressed }: Submitted,
  store: (outcome: CheckOutcome | null) => Promise<Data>,
): Promise<Outcome<Data, FailedCheck>> {
  const { uncheckedTicket, tryAgainTicket, pastFrontTicket, fillIn } = pressed;
  if (fillIn !== undefined) return refused(addressFilledIn);
  if (uncheckedTicket) {
    if (permitsTyped("store-unchecked", uncheckedTicket, actor, target)) return done(await store(null));
    // Pressing "without checking" must never sign in.
    return refused({
      code: "CONFLICT",
      message: "Something has changed since the last check. Press Save to check again.",
    });
  }
  const typed = guardedAccountOf(target);
  const word = wordOf(tryAgainTicket, actor, typed);
  const isSaid = permitsTyped("send-past-front", pastFrontTicket, actor, target);
  const pastFront = isSaid ? "said" : null;
  const outcome = await withProgress(actor, progressId, (onRung) =>
    checkFor(db, actor, target, { credentialId, word, pastFront, onRung }),
  );
  const tellOfRefusal = (reason: FailureReason | "not-stored") =>
    recordRefusal(db, actor, credentialId, { baseUrl: target.baseUrl, reason });
  if (outcome.kind === "verified") {
    try {
      return done(await store(outcome));
    } catch (error) {
      if (error instanceof AppError) await tellOfRefusal("not-stored");
      throw error;
    }
  }

  await tellOfRefusal(outcome.reason);
  const { failed, fieldErrors, mayStoreUnchecked } = describeFailedCheck(outcome, shape, target.baseUrl);
  return refused<FailedCheck>(
    { code: "CHECK_FAILED", message: failed.title, fieldErrors },
    {
      ...failed,
      uncheckedTicket: mayStoreUnchecked ? issueTypedTicket("store-unchecked", actor, target) : null,
      tryAgainTicket: await permitTryAgain(db, actor, typed, outcome),
      pastFrontTicket: permitPastFront(actor, target, outcome, isSaid),
    },
  );
}

/** Without script, the one way to put an address into the field; the password has to be typed again. */
const addressFilledIn = {
  code: "CHECK_FAILED",
  message: "The address was filled in",
  fieldErrors: { baseUrl: "The address was filled in. Enter the password or key again, then press Save." },
} as const;

/**
 * Where visitors were turned away: the permission for this person to send all the same. Whoever has said so already keeps
 * it while the guard holds back, so that "Try again" is all that is left to say.
 */
function permitPastFront(
  actor: Actor,
  target: CheckTarget,
  outcome: FailedOutcome,
  isSaid: boolean,
): string | null {
  const isOpen = outcome.notSent === true && outcome.movedTo === undefined;
  return isOpen || (isSaid && awaitsWord(outcome))
    ? issueTypedTicket("send-past-front", actor, target)
    : null;
}

/** Where the guard held a check back: the permission for this person to let one more go. */
async function permitTryAgain(
  db: Db,
  actor: Actor,
  what: TriedAgain,
  outcome: FailedOutcome,
): Promise<string | null> {
  return awaitsWord(outcome) ? issueTryAgainTicket(actor, what, await databaseNow(db)) : null;
}

export const addCredentialAction = defineAction(
  z.union([inWizard, byItself]).and(addCredentialSchema),
  async (actor, input): Promise<Outcome<Saved, FailedCheck>> => {
    const db = await database();
    const { name, description, direction, connector } = input;
    const target = { baseUrl: input.baseUrl.baseUrl, signIn: input.signIn };
    // Before the network: a name that is taken costs the server no sign-in.
    if (await ownsCredentialNamed(db, actor, name)) throw nameTaken(name);
    const submitted = { ...input, credentialId: null, target };
    return checkThenStore(db, actor, submitted, async (outcome) => {
      const credentialId = await addCredential(db, actor, { name, description, ...target, outcome });
      return { credentialId, wizard: direction && connector ? { direction, connector } : null };
    });
  },
  {
    keep: keepTyped,
    redirectTo: ({ credentialId, wizard }) =>
      wizard
        ? `${wizardPaths(wizard.direction, wizard.connector).authenticate}?${new URLSearchParams({ credential: credentialId, saved: "1" })}`
        : told("saved", credentialId),
  },
);

export const editCredentialAction = defineAction(
  editCredentialSchema,
  async (actor, input): Promise<Outcome<string, EditableCredential>> => {
    const edit = await editCredential(await database(), actor, input);
    return edit.saved ? done(input.credentialId) : refused(changedMeanwhile, edit.now);
  },
  {
    keep: keepFields("name", "description", "version"),
    redirectTo: (id) => told("edited", id),
  },
);

export const replaceSecretAction = defineAction(
  replaceSecretSchema,
  async (actor, input): Promise<Outcome<string, FailedCheck>> => {
    const db = await database();
    const { credentialId, secretVersion, signIn } = input;
    const target = { baseUrl: input.baseUrl.baseUrl, signIn };
    // Before the network: somebody without the right, or too late, costs the server no sign-in.
    const stored = await getChangeable(db, actor, credentialId, "replaceSecret");
    if (stored.secretVersion !== secretVersion) return refused(secretChanged);
    const replaced = { credentialId, secretVersion };
    const submitted = { ...input, target };
    return checkThenStore(db, actor, submitted, async (outcome) => {
      await replaceSecret(db, actor, { replaced, ...target, outcome });
      return credentialId;
    });
  },
  {
    keep: (form) => ({ ...keepTyped(form), ...keepFields("secretVersion")(form) }),
    redirectTo: (id) => told("replaced", id),
  },
);

export const checkCredentialAction = defineAction(
  checkCredentialSchema,
  async (actor, { credentialId, progressId, ...pressed }): Promise<Outcome<null, FailedCheck>> => {
    const db = await database();
    const { checked, baseUrl, signIn, ...known } = await getSignIn(db, actor, credentialId);
    const { refusedBefore, mayTryAgain } = known;
    const target = { baseUrl, signIn };
    const word = mayTryAgain ? wordOf(pressed.tryAgainTicket, actor, checked) : null;
    const isSaid = mayTryAgain && permitsTyped("send-past-front", pressed.pastFrontTicket, actor, target);
    const pastFront = isSaid ? "said" : known.pastFront;
    const outcome = await withProgress(actor, progressId, (onRung) =>
      checkFor(db, actor, target, { credentialId, word, refusedBefore, pastFront, onRung }),
    );
    // What the guard held back says nothing new of the credential.
    if (!isHeldBack(outcome)) await recordCheck(db, actor, checked, outcome);
    // The page shows the new status, whichever it is.
    refresh();
    if (outcome.kind === "verified") return done(null);
    const { notSent: _offer, ...notOffered } = outcome;
    const told = mayTryAgain ? outcome : notOffered;
    const { failed } = describeFailedCheck(told, shapeOfStored(signIn), baseUrl);
    return refused<FailedCheck>(
      { code: "CHECK_FAILED", message: failed.title },
      {
        ...(awaitsWord(outcome) && !mayTryAgain ? notTheirsToTry(failed) : failed),
        atField: false,
        tryAgainTicket: mayTryAgain ? await permitTryAgain(db, actor, checked, outcome) : null,
        pastFrontTicket: mayTryAgain ? permitPastFront(actor, target, outcome, isSaid) : null,
        movedTo: null,
      },
    );
  },
);

export const setKeyEndAction = defineAction(
  setKeyEndSchema,
  async (actor, input): Promise<Outcome<null, never>> => {
    await setKeyEnd(await database(), actor, input);
    // The page shows the day, and what follows from it.
    refresh();
    return done(null);
  },
  { keep: keepFields("keyExpiresOn") },
);
