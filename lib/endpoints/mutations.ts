import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { credentials, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { requireRight } from "@/lib/credentials/require-right";
import { reachableBy } from "@/lib/credentials/visibility";
import type { Db, Tx } from "@/lib/db/types";
import { violatesUnique } from "@/lib/db/violations";
import type { Edit } from "@/lib/edits";
import { AppError, notFound } from "@/lib/errors";
import { requireEndpointRight } from "./require-right";
import type { AddEndpointInput, EditEndpointInput } from "./schema";
import type { EditableEndpoint } from "./types";

/**
 * Saves a source or destination of the actor's, with a credential that the actor may use. Returns its id; NOT_FOUND
 * for a credential that is absent or not visible, CONFLICT for a name that the actor already uses in this direction.
 */
export async function addEndpoint(db: Db, actor: Actor, input: AddEndpointInput): Promise<string> {
  const id = randomUUID();
  const { direction, connector, credentialId, name, description } = input;
  try {
    await changeWith(db, actor, async (tx) => {
      // Locked, so that the credential can be neither deleted nor revoked between this check and the insert.
      const { kind } = await requireRight(tx, actor, credentialId, "use", "share");
      if (kind !== connector) throw notFound("credential");
      await tx
        .insert(endpoints)
        .values({ id, direction, connector, ownerId: actor.userId, credentialId, name, description });
      return changed({
        event: "flow.added",
        subjectId: id,
        details: { direction, name, credentialId },
      });
    });
  } catch (error) {
    if (violatesUnique(error, "endpoints_name_per_owner")) throw nameTaken(direction, name);
    throw error;
  }
  return id;
}

type Edited = Edit<EditableEndpoint>;

/**
 * Changes name, description and, if `credentialId` is given, the credential. Another user's save since `version`
 * wins: then nothing changes. NOT_FOUND and NOT_ALLOWED as for every write; at the field, CONFLICT for a name that
 * the owner already uses, and INVALID_INPUT for a credential that the owner may not use.
 */
export async function editEndpoint(db: Db, actor: Actor, input: EditEndpointInput): Promise<Edited> {
  const { endpointId, version, name, description } = input;
  try {
    return await changeWith(db, actor, async (tx) => {
      const before = await requireEndpointRight(tx, actor, endpointId, "edit");
      if (before.version !== version) return unchanged<Edited>({ saved: false, now: editableOf(before) });
      const credentialId = input.credentialId ?? before.credentialId;
      if (credentialId !== null && credentialId !== before.credentialId) {
        const { kind } = await requireRight(tx, actor, credentialId, "use", "share");
        if (kind !== before.connector) throw notFound("credential");
        await requireUsableBy(tx, before.ownerId, credentialId);
      }
      const after = { name, description, credentialId };
      const fields = changedFields(before, after);
      if (fields.length === 0) return unchanged<Edited>({ saved: true, now: editableOf(before) });
      await tx
        .update(endpoints)
        .set({ ...after, version: version + 1 })
        .where(eq(endpoints.id, endpointId));
      const { direction, name: previousName, credentialId: previousCredentialId } = before;
      return changed<Edited>(
        {
          event: "flow.edited",
          subjectId: endpointId,
          details: { direction, fields, name, previousName, credentialId, previousCredentialId },
        },
        { saved: true, now: { direction, name, description, version: version + 1 } },
      );
    });
  } catch (error) {
    if (violatesUnique(error, "endpoints_name_per_owner")) throw nameTakenForOwner(name);
    throw error;
  }
}

/** Pauses a source or destination: it does not run until it is activated. A paused one stays as it is. */
export async function pauseEndpoint(db: Db, actor: Actor, endpointId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { direction, name, pausedAt } = await requireEndpointRight(tx, actor, endpointId, "operate");
    if (pausedAt) return unchanged();
    await tx
      .update(endpoints)
      .set({ pausedAt: new Date(), pausedBy: actor.userId })
      .where(eq(endpoints.id, endpointId));
    return changed({ event: "flow.paused", subjectId: endpointId, details: { direction, name } });
  });
}

/** Activates a paused source or destination; an active one stays as it is. */
export async function activateEndpoint(db: Db, actor: Actor, endpointId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { direction, name, pausedAt } = await requireEndpointRight(tx, actor, endpointId, "operate");
    if (!pausedAt) return unchanged();
    await tx.update(endpoints).set({ pausedAt: null, pausedBy: null }).where(eq(endpoints.id, endpointId));
    return changed({
      event: "flow.activated",
      subjectId: endpointId,
      details: { direction, name },
    });
  });
}

/** Deletes a source or destination with all grants on it; its credential stays. Returns its direction and name. */
export async function deleteEndpoint(
  db: Db,
  actor: Actor,
  endpointId: string,
): Promise<Pick<EditableEndpoint, "direction" | "name">> {
  return changeWith(db, actor, async (tx) => {
    const { direction, name, credentialId } = await requireEndpointRight(tx, actor, endpointId, "delete");
    await tx.delete(endpoints).where(eq(endpoints.id, endpointId));
    return changed(
      {
        event: "flow.deleted",
        subjectId: endpointId,
        details: { direction, name, credentialId },
      },
      { direction, name },
    );
  });
}

// An endpoint runs with its owner's right to the credential, whoever chose it.
async function requireUsableBy(tx: Tx, ownerId: string, credentialId: string): Promise<void> {
  const usable = await tx.$count(credentials, and(eq(credentials.id, credentialId), reachableBy(ownerId)));
  if (usable > 0) return;
  throw new AppError({
    code: "INVALID_INPUT",
    message: "Some fields need your attention.",
    fieldErrors: { credentialId: "The owner of this may not use that credential. Have it shared first." },
  });
}

type Changeable = { name: string; description: string; credentialId: string | null };

function changedFields(before: Changeable, after: Changeable): ("name" | "description" | "credential")[] {
  const fields: ("name" | "description" | "credential")[] = [];
  if (after.name !== before.name) fields.push("name");
  if (after.description !== before.description) fields.push("description");
  if (after.credentialId !== before.credentialId) fields.push("credential");
  return fields;
}

// Listed one by one: the row's other columns must not reach the form.
function editableOf({ direction, name, description, version }: EditableEndpoint): EditableEndpoint {
  return { direction, name, description, version };
}

function nameTaken(direction: AddEndpointInput["direction"], name: string): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { name: `You already have a data ${direction} named “${name}”. Choose another name.` },
  });
}

function nameTakenForOwner(name: string): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { name: `Another one of its owner is named “${name}”. Choose another name.` },
  });
}
