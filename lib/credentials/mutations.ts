import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, sql } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, recordAlone, unchanged } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import { requireStillEnabled } from "@/lib/auth/still-enabled";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { secretOf } from "@/lib/connectors/sign-in";
import type { CheckOutcome, FailureReason, SignIn } from "@/lib/connectors/types";
import { baseUrlOf, findOrAddServer, insertCheck, insertFirstCheck } from "@/lib/credentials/checks/rows";
import { verdictOf } from "@/lib/credentials/checks/verdict";
import { storeSecret } from "@/lib/credentials/secrets/store";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import type { Db } from "@/lib/db/types";
import { violatesUnique } from "@/lib/db/violations";
import { changedMeanwhile, type Edit } from "@/lib/edits";
import { AppError, type Refusal } from "@/lib/errors";
import { endOfDay, noteEnding } from "@/lib/notifications/telling/endings";
import { requireByPolicy } from "@/lib/sign-in-policy/effective";
import { dropPrevious, keepReplaced } from "./previous/slot";
import { requireRight } from "./require-right";
import type { EditCredentialInput, SetKeyEndInput } from "./schema";
import type { EditableCredential } from "./types";

/**
 * A credential to be stored: `signIn` holds the secret; `outcome` is its first check, or null when it is stored
 * unchecked.
 */
export type NewCredential = {
  readonly name: string;
  readonly description: string;
  readonly kind: ConnectorKind;
  readonly baseUrl: BaseUrl;
  readonly signIn: SignIn;
  readonly outcome: CheckOutcome | null;
};

/**
 * Stores a credential of the actor's in one transaction: server, credential, sealed secret, first check and audit
 * event. Returns its id. Throws CONFLICT when the actor already has a credential of that name (of two parallel saves,
 * the second), NOT_ALLOWED at the field for a sign-in that the policy refuses, and UNAUTHENTICATED when the actor was
 * disabled during the check.
 */
export async function addCredential(db: Db, actor: Actor, credential: NewCredential): Promise<string> {
  const { name, description, kind, baseUrl, signIn, outcome } = credential;
  const id = randomUUID();
  const { method, username } = signInColumns(signIn);
  try {
    await changeWith(db, actor, async (tx) => {
      await requireStillEnabled(tx, actor);
      await requireByPolicy(tx, { baseUrl, signIn, outcome });
      const serverId = await findOrAddServer(tx, kind, baseUrl);
      await tx
        .insert(credentials)
        .values({ id, ownerId: actor.userId, serverId, kind, name, description, method, username });
      await storeSecret(
        tx,
        { credentialId: id, ownerId: actor.userId, baseUrl, version: 1 },
        { method, username },
        secretOf(signIn),
      );
      await insertFirstCheck(tx, { credentialId: id, serverId, secretVersion: 1, outcome });
      const verdict = outcome ? verdictOf(outcome) : "unchecked";
      return changed({
        event: "credential.added",
        subjectId: id,
        details: { name, baseUrl: baseUrl.href, method, verdict },
      });
    });
  } catch (error) {
    if (violatesUnique(error, "credentials_name_per_owner")) throw nameTaken(name);
    throw error;
  }
  return id;
}

type Edited = Edit<EditableCredential>;

/**
 * Changes name, description and tags; none is bound into the sealed secret. Another user's save since `version` wins:
 * then nothing changes. NOT_FOUND and NOT_ALLOWED as for every write; CONFLICT at the field for a name that the owner
 * already uses.
 */
export async function editCredential(db: Db, actor: Actor, input: EditCredentialInput): Promise<Edited> {
  const { credentialId, version, name, description } = input;
  const isIt = eq(credentials.id, credentialId);
  try {
    return await changeWith(db, actor, async (tx) => {
      await requireRight(tx, actor, credentialId, "edit", "update");
      const editable = {
        name: credentials.name,
        description: credentials.description,
        tags: credentials.tags,
      };
      const [before] = await tx
        .select({ ...editable, version: credentials.version })
        .from(credentials)
        .where(isIt);
      if (!before) throw new Error("the credential that was just locked is gone");
      if (before.version !== version) return unchanged<Edited>({ saved: false, now: before });
      const tags = input.tags ?? before.tags;
      const fields = (["name", "description"] as const).filter((field) => input[field] !== before[field]);
      const edited = isSameTags(tags, before.tags) ? fields : [...fields, "tags" as const];
      if (edited.length === 0) return unchanged<Edited>({ saved: true, now: before });
      await tx
        .update(credentials)
        .set({ name, description, tags, version: version + 1 })
        .where(isIt);
      return changed<Edited>(
        {
          event: "credential.edited",
          subjectId: credentialId,
          details: { fields: edited, name, previousName: before.name },
        },
        { saved: true, now: { name, description, tags, version: version + 1 } },
      );
    });
  } catch (error) {
    if (violatesUnique(error, "credentials_name_per_owner")) throw nameTakenForOwner(name);
    throw error;
  }
}

function isSameTags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag, at) => tag === other[at]);
}

/**
 * A new secret in place of `replaced`. All of it is entered anew, so that no user can re-point a secret they do not
 * know.
 */
export type NewSecret = {
  readonly replaced: CheckedVersion;
  readonly baseUrl: BaseUrl;
  readonly signIn: SignIn;
  readonly outcome: CheckOutcome | null;
  /** The user wants the replaced secret to be kept, to switch back to it. */
  readonly keepsPrevious?: boolean;
};

/**
 * Stores a new version of the secret, sealed for the credential's owner and this base URL, with its first check
 * (null: unproven until checked). Deletes the previous secret, and the old one, unless that is wanted as the previous
 * one, the server is the same, and `keepReplaced` has no reason against it. CONFLICT when the secret was replaced
 * meanwhile; NOT_ALLOWED at the field as for `addCredential`; NOT_FOUND and NOT_ALLOWED as for every write.
 */
export async function replaceSecret(db: Db, actor: Actor, next: NewSecret): Promise<void> {
  const { replaced, baseUrl, signIn, outcome } = next;
  const { credentialId } = replaced;
  await changeWith(db, actor, async (tx) => {
    const before = await requireRight(tx, actor, credentialId, "replaceSecret", "update");
    await requireByPolicy(tx, { baseUrl, signIn, outcome });
    const secretVersion = replaced.secretVersion + 1;
    const { method, username } = signInColumns(signIn);
    const serverId = await findOrAddServer(tx, before.kind, baseUrl);
    const { ownerId } = before;
    const place = { credentialId, ownerId, baseUrl, version: replaced.secretVersion };
    const isPreviousDeleted = await dropPrevious(tx, credentialId);
    const mayKeep = next.keepsPrevious && serverId === before.serverId;
    const isPreviousKept = mayKeep ? await keepReplaced(tx, place, signIn) : false;
    const written = await tx
      .update(credentials)
      // The entered day belonged to the old key.
      .set({ serverId, method, username, secretVersion, version: before.version + 1, keyExpiresOn: null })
      .where(and(eq(credentials.id, credentialId), eq(credentials.secretVersion, replaced.secretVersion)))
      .returning({ id: credentials.id });
    if (written.length === 0) throw new AppError(secretChanged);
    await storeSecret(tx, { ...place, version: secretVersion }, { method, username }, secretOf(signIn));
    await noteEnding(tx, { credentialId }, null);
    await insertFirstCheck(tx, { credentialId, serverId, secretVersion, outcome });
    const verdict = outcome ? verdictOf(outcome) : "unchecked";
    const previousBaseUrl = await baseUrlOf(tx, before.serverId);
    return changed({
      event: "credential.secret-replaced",
      subjectId: credentialId,
      details: {
        ...{ secretVersion, baseUrl: baseUrl.href, previousBaseUrl, method, verdict, isPreviousKept },
        ...(isPreviousDeleted ? { isPreviousDeleted } : {}),
      },
    });
  });
}

/**
 * Records a check if the secret is still the one that was checked; else throws CONFLICT. NOT_FOUND when the
 * credential is gone or no longer visible. In either case the audit log still records that the secret was used.
 */
export async function recordCheck(
  db: Db,
  actor: Actor,
  checked: CheckedVersion,
  outcome: CheckOutcome,
): Promise<void> {
  const { credentialId, secretVersion } = checked;
  const details = { verdict: verdictOf(outcome), reason: outcome.kind === "failed" ? outcome.reason : null };
  const told: CheckTold = { subjectId: credentialId, details };
  try {
    await changeWith(db, actor, async (tx) => {
      const credential = await requireRight(tx, actor, credentialId, "check", "update");
      if (credential.secretVersion !== secretVersion) {
        throw new AppError({
          code: "CONFLICT",
          message: "The credential was changed while it was being checked.",
        });
      }
      await insertCheck(tx, { ...checked, serverId: credential.serverId, outcome });
      return changed({ event: "credential.checked", ...told });
    });
  } catch (error) {
    if (error instanceof AppError) await recordNotKept(db, actor, told);
    throw error;
  }
}

type CheckTold = Omit<Extract<AuditEvent, { event: "credential.checked" }>, "event">;

// Otherwise a user could use a credential unseen, by leaving its team during the check.
async function recordNotKept(db: Db, actor: Actor, told: CheckTold): Promise<void> {
  await recordAlone(db, actor, { event: "credential.check-not-kept", ...told });
}

/**
 * Stores the last day of an API key as a user entered it. NOT_FOUND and NOT_ALLOWED as for every write; CONFLICT when
 * the key or the day changed since the user opened the form.
 */
export async function setKeyEnd(db: Db, actor: Actor, input: SetKeyEndInput): Promise<void> {
  const { credentialId, secretVersion, previous, keyExpiresOn } = input;
  await changeWith(db, actor, async (tx) => {
    await requireRight(tx, actor, credentialId, "edit", "update");
    const written = await tx
      .update(credentials)
      .set({ keyExpiresOn })
      .where(
        and(
          eq(credentials.id, credentialId),
          eq(credentials.method, "api-key"),
          eq(credentials.secretVersion, secretVersion),
          sql`${credentials.keyExpiresOn} is not distinct from ${previous}::date`,
        ),
      )
      .returning({ id: credentials.id });
    if (written.length === 0) {
      throw new AppError(changedMeanwhile);
    }
    await noteEnding(tx, { credentialId }, endOfDay(keyExpiresOn));
    const event = "credential.key-end-set";
    return changed({ event, subjectId: credentialId, details: { keyExpiresOn } });
  });
}

/**
 * Records a Save that signed in, or tried to, and stored nothing: it used an account all the same. The reason is
 * "not-stored" where the server accepted the secret but the portal could not store it, and "check-only" where the user
 * asked for a check alone. `credentialId` names the credential whose secret was to be replaced; null for a new one.
 */
export async function recordRefusal(
  db: Db,
  actor: Actor,
  credentialId: string | null,
  details: { baseUrl: string; reason: FailureReason | "not-stored" | "check-only" },
): Promise<void> {
  await recordAlone(db, actor, { event: "credential.refused", subjectId: credentialId, details });
}

/** Refuses a secret that was entered for a version that has since been replaced. */
export const secretChanged: Refusal = {
  code: "CONFLICT",
  message:
    "The secret was replaced since you opened this page, so yours was not stored. Reload the page to see the current one.",
};

/** Refuses, at the field, a name that the actor already uses. */
export function nameTaken(name: string): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { name: `You already have a credential named “${name}”. Choose another name.` },
  });
}

function nameTakenForOwner(name: string): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { name: `Another credential of its owner is named “${name}”. Choose another name.` },
  });
}

function signInColumns(signIn: SignIn) {
  return signIn.scheme === "basic"
    ? ({ method: "password", username: signIn.username } as const)
    : ({ method: "api-key", username: signIn.expectedAccount } as const);
}
