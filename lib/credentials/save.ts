import "server-only";
import { done, type Outcome, refused } from "@/lib/action-result";
import type { Actor } from "@/lib/actor";
import type { CheckOutcome, FailureReason, SignInShape, VerifiedOutcome } from "@/lib/connectors/types";
import { type CredentialTarget, checkFor, describeFailedCheck } from "@/lib/credentials/checks/check";
import { withProgress } from "@/lib/credentials/checks/progress";
import { issueTypedToken, permitsTyped } from "@/lib/credentials/checks/typed-token";
import type { FailedCheck, PassedCheck } from "@/lib/credentials/checks/types";
import { protectedAccountOf } from "@/lib/credentials/lockout/account";
import { overrideOf } from "@/lib/credentials/lockout/try-again-token";
import type { Db } from "@/lib/db/types";
import { AppError, type Refusal } from "@/lib/errors";
import { requireByPolicy } from "@/lib/sign-in-policy/effective";
import type { PolicyBreach } from "@/lib/sign-in-policy/types";
import { addCredential, nameTaken, recordRefusal, replaceSecret, secretChanged } from "./mutations";
import { getChangeable, ownsCredentialNamed } from "./queries";
import type { AddCredentialInput, ReplaceSecretInput } from "./schema";
import { tokensAfter } from "./tokens";

/**
 * Checks a typed sign-in and stores it as a credential of the actor's, unless a check alone was asked for; returns its
 * id, or why nothing was stored. Throws CONFLICT for a name that the actor already uses, NOT_ALLOWED at the field by
 * the policy for the server, RATE_LIMITED and what `addCredential` throws.
 */
export async function saveCredential(
  db: Db,
  actor: Actor,
  input: AddCredentialInput,
): Promise<Outcome<string, FailedCheck | PassedCheck>> {
  const { name, description } = input;
  const { kind, baseUrl, signIn } = input;
  const target = { kind, baseUrl, signIn };
  // Checked before the network call: a taken name costs no sign-in attempt.
  if (await ownsCredentialNamed(db, actor, name)) throw nameTaken(name);
  const submitted = { ...input, credentialId: null, target };
  const store = (outcome: CheckOutcome | null) =>
    addCredential(db, actor, { name, description, ...target, outcome });
  return checkThenStore(db, actor, submitted, store, input.checkOnly ? storeNothing : undefined);
}

const storeNothing: BeforeStoring<PassedCheck> = async (
  { account, server, access, warnings, steps },
  breach,
) => ({
  ok: false,
  refusal: { code: "CHECK_ONLY", message: "The credential works. Nothing is saved yet." },
  detail: {
    ...{ hasPassed: true, serverVersion: server.version, access, steps },
    warnings: breach ? [...warnings, breach] : warnings,
    account: { name: account.name, displayName: account.displayName },
  },
});

/**
 * Judges a secret that the server accepted, before it is stored, with how it differs from the policy; null lets it
 * pass.
 */
export type BeforeStoring<Detail> = (
  outcome: VerifiedOutcome,
  breach: PolicyBreach | null,
) => Promise<Refused<Detail> | null>;
type Refused<Detail> = Extract<Outcome<never, Detail>, { ok: false }>;

/**
 * Checks a typed sign-in and stores it in place of a credential's secret; returns the credential's id, or why nothing
 * was stored. Throws NOT_FOUND, NOT_ALLOWED, RATE_LIMITED and what `replaceSecret` throws.
 */
export async function saveNewSecret<Detail = never>(
  db: Db,
  actor: Actor,
  input: ReplaceSecretInput,
  beforeStoring: BeforeStoring<Detail> = async () => null,
): Promise<Outcome<string, FailedCheck | Detail>> {
  const { credentialId, secretVersion, kind, baseUrl, signIn } = input;
  const target = { kind, baseUrl, signIn };
  // Checked before the network call: a missing right or an outdated form costs no sign-in attempt.
  const stored = await getChangeable(db, actor, credentialId, "replaceSecret");
  if (stored.secretVersion !== secretVersion || stored.kind !== kind) return refused(secretChanged);
  const replaced = { credentialId, secretVersion };
  const store = async (outcome: CheckOutcome | null) => {
    const keepsPrevious = input.keepPrevious !== undefined;
    await replaceSecret(db, actor, { replaced, ...target, outcome, keepsPrevious });
    return credentialId;
  };
  return checkThenStore(db, actor, { ...input, target }, store, beforeStoring);
}

type Submitted = {
  /** The credential to change; null for a new one. */
  credentialId: string | null;
  target: CredentialTarget;
  shape: SignInShape;
  uncheckedToken?: string | undefined;
  progressId?: string | undefined;
  tryAgainToken?: string | undefined;
  pastProxyToken?: string | undefined;
  fillIn?: string | undefined;
};

/** Makes at most one check, and calls `store` only if the server accepted the sign-in or could not be reached. */
async function checkThenStore<Data, Detail = never>(
  db: Db,
  actor: Actor,
  { credentialId, target, shape, progressId, ...pressed }: Submitted,
  store: (outcome: CheckOutcome | null) => Promise<Data>,
  beforeStoring: BeforeStoring<Detail> = async () => null,
): Promise<Outcome<Data, FailedCheck | Detail>> {
  if (pressed.fillIn !== undefined) return refused(addressFilledIn);
  // Checked before the network call: a sign-in that may not be stored is not sent either.
  await requireByPolicy(db, { ...target, outcome: null });
  if (pressed.uncheckedToken) {
    const isPermitted = await permitsTyped("store-unchecked", pressed.uncheckedToken, actor, target);
    // The "without checking" button must never sign in.
    return isPermitted ? done(await store(null)) : refused(changedSinceCheck);
  }
  const what = protectedAccountOf(target);
  const override = await overrideOf(pressed.tryAgainToken, actor, what);
  const isPastProxy = await permitsTyped("send-past-front", pressed.pastProxyToken, actor, target);
  const pastProxy = isPastProxy ? "said" : null;
  const outcome = await withProgress(actor, progressId, (onStep) =>
    checkFor(db, actor, target, { credentialId, override, pastProxy, onStep }),
  );
  const recordNotStored = (reason: FailureReason | "not-stored" | "check-only") =>
    recordRefusal(db, actor, credentialId, { baseUrl: target.baseUrl.href, reason });
  if (outcome.kind === "verified") {
    try {
      const breach = await requireByPolicy(db, { ...target, outcome });
      const stopped = await beforeStoring(outcome, breach);
      if (stopped) await recordNotStored(stopped.refusal.code === "CHECK_ONLY" ? "check-only" : "not-stored");
      return stopped ?? done(await store(outcome));
    } catch (error) {
      if (error instanceof AppError) await recordNotStored("not-stored");
      throw error;
    }
  }

  await recordNotStored(outcome.reason);
  const { failed, fieldErrors, mayStoreUnchecked } = describeFailedCheck(outcome, shape, target);
  return refused<FailedCheck>(
    { code: "CHECK_FAILED", message: failed.title, fieldErrors },
    {
      ...failed,
      uncheckedToken: mayStoreUnchecked ? await issueTypedToken("store-unchecked", actor, target) : null,
      ...(await tokensAfter(db, actor, { target, what, isPastProxy }, outcome)),
    },
  );
}

/** Without JavaScript, the server fills in the address, and the password has to be entered again. */
const addressFilledIn: Refusal = {
  code: "CHECK_FAILED",
  message: "The address was filled in",
  fieldErrors: { baseUrl: "The address was filled in. Enter the password or key again, then press Save." },
};

const changedSinceCheck: Refusal = {
  code: "CONFLICT",
  message: "Something has changed since the last check. Press Save to check again.",
};
