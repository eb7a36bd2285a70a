import "server-only";
import { done, type Outcome, refused } from "@/lib/action-result";
import type { Actor } from "@/lib/actor";
import type { VerifiedOutcome } from "@/lib/connectors/types";
import { countTypedRefusal } from "@/lib/credentials/reading";
import { saveNewSecret } from "@/lib/credentials/save";
import type { ReplaceSecretInput } from "@/lib/credentials/schema";
import type { Db } from "@/lib/db/types";
import { withSession } from "@/lib/reading/session";
import { dependentsOn, fingerprintOf, type KnownSignIn, knownSignIn } from "./dependents";
import { type Change, isAllFine, rehearse, untriedRehearsal } from "./rehearse";
import { isConfirmed, issueConfirmation, signInFingerprint } from "./token";
import type { NotReplaced, Rehearsal } from "./types";
import { countWords } from "./words";

/** What was replaced; `isTried`: everything that uses it was tried before and goes on. */
export type Replaced = { readonly credentialId: string; readonly isTried: boolean };

type Input = ReplaceSecretInput & { readonly rehearsalToken?: string | undefined };

/**
 * Checks a new secret, tries with it what depends on the credential, and stores it: at once if all goes on, else after
 * the user has confirmed what was found. Throws as `saveNewSecret` does.
 */
export async function replaceAfterRehearsal(
  db: Db,
  actor: Actor,
  input: Input,
): Promise<Outcome<Replaced, NotReplaced>> {
  let isTried = false;
  const saved = await saveNewSecret<Rehearsal>(db, actor, input, async (outcome) => {
    const judged = await judge(db, actor, input, outcome);
    isTried = judged === "fine";
    if (judged === "fine" || judged === "confirmed" || judged === "unused") return null;
    const message = `Not replaced yet: ${countWords(judged.counts)}`;
    return { ok: false, refusal: { code: "CONFLICT", message }, detail: judged };
  });
  if (saved.ok) return done({ credentialId: saved.data, isTried });
  const { refusal, detail } = saved;
  if (!detail) return refused(refusal);
  if (!("steps" in detail)) {
    const pastProxyToken = input.pastProxyToken ?? null;
    return refused(refusal, { check: null, rehearsal: detail, pastProxyToken });
  }
  // Nothing can be tried at a server that cannot be asked; saving without checking is its confirmation.
  const dependents = detail.uncheckedToken ? await dependentsOn(db, actor, input.credentialId) : [];
  const rehearsal =
    dependents.length > 0 ? untriedRehearsal(dependents, "the server could not be asked") : null;
  return refused(refusal, { check: detail, rehearsal, pastProxyToken: null });
}

async function judge(
  db: Db,
  actor: Actor,
  input: Input,
  outcome: VerifiedOutcome,
): Promise<"unused" | "fine" | "confirmed" | Rehearsal> {
  const { credentialId, kind, baseUrl, signIn, shape } = input;
  const dependents = await dependentsOn(db, actor, credentialId);
  if (dependents.length === 0) return "unused";
  const target = { kind, baseUrl, signIn };
  const rehearsed = {
    subject: `credential:${credentialId}`,
    version: input.secretVersion,
    signIn: signInFingerprint(target),
    dependents: fingerprintOf(dependents),
  };
  if (await isConfirmed(input.rehearsalToken, actor, rehearsed)) return "confirmed";
  const change = changeOf(await knownSignIn(db, credentialId), {
    baseUrl: baseUrl.href,
    account: outcome.account.name,
  });
  const usable = {
    target,
    shape,
    accountName: outcome.account.name,
    serverVersion: outcome.server.version,
    refused: (reason: Parameters<typeof countTypedRefusal>[2]) => countTypedRefusal(db, target, reason),
  };
  const found = await rehearse(db, dependents, change, (work) =>
    withSession(db, usable, work, { returnsFailures: true }),
  );
  return isAllFine(found) ? "fine" : { ...found, token: await issueConfirmation(actor, rehearsed) };
}

/** What a sign-in changes in comparison to the one before; nothing is said of an account that was never proven. */
export function changeOf(
  before: Omit<KnownSignIn, "secretVersion"> | null,
  after: Omit<KnownSignIn, "secretVersion">,
): Change {
  if (!before) return { isOtherServer: false, isOtherAccount: false };
  const isProven = before.account !== undefined && after.account !== undefined;
  return {
    isOtherServer: before.baseUrl !== after.baseUrl,
    isOtherAccount: isProven && before.account?.toLowerCase() !== after.account?.toLowerCase(),
  };
}
