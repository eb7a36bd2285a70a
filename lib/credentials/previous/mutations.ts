import "server-only";
import { eq, sql } from "drizzle-orm";
import { credentialPreviousSecrets, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, recordAlone } from "@/lib/audit/change";
import { secretOf } from "@/lib/connectors/sign-in";
import type { CheckOutcome } from "@/lib/connectors/types";
import type { CredentialTarget } from "@/lib/credentials/checks/check";
import { insertFirstCheck } from "@/lib/credentials/checks/rows";
import { verdictOf } from "@/lib/credentials/checks/verdict";
import { isSuspendedFor } from "@/lib/credentials/policy";
import { requireRight, suspended } from "@/lib/credentials/require-right";
import { storeSecret } from "@/lib/credentials/secrets/store";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import type { Db, Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { endOfDay, noteEnding } from "@/lib/notifications/telling/endings";
import { requireByPolicy } from "@/lib/sign-in-policy/effective";
import { isDead, worksStill } from "./outcome";
import { previousGone } from "./queries";
import { dropPrevious, endPrevious, findKept, keepReplaced } from "./slot";

/** A previous secret that the server has just accepted; `current` is the one whose place it takes. */
export type SwitchBack = {
  readonly current: CheckedVersion;
  readonly target: CredentialTarget;
  readonly outcome: CheckOutcome;
};

/**
 * Swaps the two secrets of a credential: the previous one becomes the next version, and the current one the previous
 * one, unless `keepReplaced` has a reason against it. CONFLICT if either has changed since; NOT_ALLOWED by the policy or
 * while suspended; NOT_FOUND and NOT_ALLOWED as for every write.
 */
export async function switchBackTo(
  db: Db,
  actor: Actor,
  { current, target, outcome }: SwitchBack,
): Promise<void> {
  const { credentialId } = current;
  const { baseUrl, signIn } = target;
  await changeWith(db, actor, async (tx) => {
    const { before, kept } = await requireKept(tx, actor, current);
    if (isSuspendedFor("check", before.ownerIsDisabled)) throw suspended();
    await requireByPolicy(tx, { baseUrl, signIn, outcome });
    const { ownerId, serverId } = before;
    const place = { credentialId, ownerId, baseUrl, version: current.secretVersion };
    await dropPrevious(tx, credentialId);
    const isPreviousKept = await keepReplaced(tx, place, signIn);
    const secretVersion = current.secretVersion + 1;
    const { method, username, keyExpiresOn } = kept;
    await tx
      .update(credentials)
      .set({ method, username, keyExpiresOn, secretVersion, version: before.version + 1 })
      .where(eq(credentials.id, credentialId));
    await storeSecret(tx, { ...place, version: secretVersion }, { method, username }, secretOf(signIn));
    await noteEnding(tx, { credentialId }, endOfDay(keyExpiresOn));
    await insertFirstCheck(tx, { credentialId, serverId, secretVersion, outcome });
    return changed({
      event: "credential.secret-switched-back",
      subjectId: credentialId,
      details: { secretVersion, baseUrl: baseUrl.href, method, verdict: verdictOf(outcome), isPreviousKept },
    });
  });
}

/**
 * Records a check of the previous secret: one that the server refused as wrong is deleted at once, of one that it
 * accepted the page says so. Throws as `forgetPrevious`; the audit log then still records that the secret was used.
 */
export async function recordPreviousCheck(
  db: Db,
  actor: Actor,
  current: CheckedVersion,
  outcome: CheckOutcome,
): Promise<void> {
  const { credentialId } = current;
  const isDeleted = isDead(outcome);
  try {
    await changeWith(db, actor, async (tx) => {
      await requireKept(tx, actor, current);
      if (isDeleted) await endPrevious(tx, credentialId, "revoked");
      else if (worksStill(outcome)) await noteThatItWorks(tx, credentialId);
      return changed(checkedEvent(credentialId, outcome, isDeleted));
    });
  } catch (error) {
    if (error instanceof AppError) await recordUnusedCheck(db, actor, credentialId, outcome);
    throw error;
  }
}

/** Records a sign-in with the previous secret whose result was not stored: it used an account all the same. */
export async function recordUnusedCheck(
  db: Db,
  actor: Actor,
  credentialId: string,
  outcome: CheckOutcome,
): Promise<void> {
  await recordAlone(db, actor, checkedEvent(credentialId, outcome, false));
}

function checkedEvent(subjectId: string, outcome: CheckOutcome, isDeleted: boolean) {
  const reason = outcome.kind === "failed" ? outcome.reason : null;
  const details = { verdict: verdictOf(outcome), reason, isDeleted };
  return { event: "credential.previous-secret-checked", subjectId, details } as const;
}

/**
 * Deletes the previous secret before its time. CONFLICT if it is not kept any more or the current secret was replaced;
 * NOT_FOUND and NOT_ALLOWED as for every write.
 */
export async function forgetPrevious(db: Db, actor: Actor, current: CheckedVersion): Promise<void> {
  const { credentialId } = current;
  await changeWith(db, actor, async (tx) => {
    const { kept } = await requireKept(tx, actor, current);
    await endPrevious(tx, credentialId, "forgotten");
    return changed({
      event: "credential.previous-secret-forgotten",
      subjectId: credentialId,
      details: { method: kept.method },
    });
  });
}

/** Locks the credential and its previous secret, and verifies that neither secret has changed. */
async function requireKept(tx: Tx, actor: Actor, { credentialId, secretVersion }: CheckedVersion) {
  const before = await requireRight(tx, actor, credentialId, "replaceSecret", "update");
  const kept = before.secretVersion === secretVersion ? await findKept(tx, credentialId) : null;
  if (!kept) throw new AppError(previousGone);
  return { before, kept };
}

async function noteThatItWorks(tx: Tx, credentialId: string): Promise<void> {
  await tx
    .update(credentialPreviousSecrets)
    .set({ workedAt: sql`clock_timestamp()` })
    .where(eq(credentialPreviousSecrets.credentialId, credentialId));
}
