import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { credentials, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { didLast, isWithinUndo } from "@/lib/audit/last-done";
import { requireRight } from "@/lib/credentials/require-right";
import { reachableBy } from "@/lib/credentials/visibility";
import type { Db, Tx } from "@/lib/db/types";
import { violatesUnique } from "@/lib/db/violations";
import type { Edit } from "@/lib/edits";
import { AppError, notFound } from "@/lib/errors";
import { afterEdit, changedFields, requireAgreement } from "./edit-changes";
import { inputColumns } from "./inputs";
import { deleteDeliveries, deleteRecords, holdsRecords, startNewDataSet } from "./new-data-set";
import { requireEndpointRight } from "./require-right";
import { requireChangeable, requireWriting } from "./require-writing";
import { nextRunAt } from "./schedule";
import type { AddEndpointInput, EditEndpointInput } from "./schema";
import { requireSeen, stopsOfPause, stopsWithoutSource } from "./stops";
import type { EditableEndpoint } from "./types";

/**
 * Saves a source or destination of the actor's, with a credential that the actor may use. Returns its id; NOT_FOUND
 * for a credential that is absent or not visible, CONFLICT for a name that the actor already uses in this direction,
 * INVALID_INPUT at the field `choice` for records that the actor may not use, and for a mapping that does not fit them.
 */
export async function addEndpoint(db: Db, actor: Actor, input: AddEndpointInput): Promise<string> {
  const id = randomUUID();
  const { direction, connector, credentialId, name, description, schedule } = input;
  try {
    await changeWith(db, actor, async (tx) => {
      // Locked, so that the credential can be neither deleted nor revoked between this check and the insert.
      const { kind } = await requireRight(tx, actor, credentialId, "use", "share");
      if (kind !== connector) throw notFound("credential");
      const ownerId = actor.userId;
      if (input.direction === "destination") {
        await requireWriting(tx, [ownerId], input);
      }
      const data =
        input.direction === "source"
          ? { settings: input.settings }
          : { writing: input.writing, ...inputColumns(input.input) };
      const timed = { schedule, nextRunAt: nextRunAt(schedule, new Date()) };
      await tx
        .insert(endpoints)
        .values({ id, direction, connector, ownerId, credentialId, name, description, ...data, ...timed });
      const moves =
        input.direction === "source" ? { stream: input.settings.stream } : { action: input.writing.action };
      return changed({
        event: "flow.added",
        subjectId: id,
        details: { direction, name, credentialId, ...moves },
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
 * Changes name, description and what else is given: the credential, what a source reads, its schedule, how long it
 * keeps. Reading something else removes the records read so far, if the user agreed. Another user's save since
 * `version` wins: then nothing changes. NOT_FOUND and NOT_ALLOWED as for every write; at the field, CONFLICT for a name
 * that the owner already uses, and INVALID_INPUT for a credential that the owner may not use.
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
      const after = afterEdit(before, input);
      const fields = changedFields(before, after);
      if (fields.length === 0) return unchanged<Edited>({ saved: true, now: editableOf(before) });
      if (fields.includes("settings") && before.settings !== null) {
        if (await holdsRecords(tx, endpointId)) requireAgreement(input.startsNewDataSet);
        await startNewDataSet(tx, endpointId);
      }
      if (fields.includes("input") || fields.includes("writing")) {
        await requireChangeable(tx, actor, endpointId, { ...before, ...after });
      }
      const isTimed = fields.includes("schedule") && before.pausedAt === null;
      await tx
        .update(endpoints)
        .set({
          ...after,
          // Change numbers of another data set, or of none, mean nothing.
          ...(fields.includes("input") && { takenSeq: 0 }),
          version: version + 1,
          ...(isTimed && { nextRunAt: nextRunAt(after.schedule, new Date()) }),
        })
        .where(eq(endpoints.id, endpointId));
      const { direction, name: previousName, credentialId: previousCredentialId } = before;
      const moves = {
        ...(after.settings && { stream: after.settings.stream }),
        ...(after.writing && { action: after.writing.action }),
      };
      return changed<Edited>(
        {
          event: "flow.edited",
          subjectId: endpointId,
          details: { direction, fields, name, previousName, credentialId, previousCredentialId, ...moves },
        },
        { saved: true, now: { direction, name, description, version: version + 1 } },
      );
    });
  } catch (error) {
    if (violatesUnique(error, "endpoints_name_per_owner")) throw nameTakenForOwner(name);
    throw error;
  }
}

/**
 * Pauses a source or destination: it does not run until it is activated. A paused one stays as it is. CONFLICT if more
 * would stop with it than the actor was told.
 */
export async function pauseEndpoint(
  db: Db,
  actor: Actor,
  endpointId: string,
  stopsSeen?: number,
): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { direction, name, pausedAt } = await requireEndpointRight(tx, actor, endpointId, "operate");
    if (pausedAt) return unchanged();
    if (stopsSeen !== undefined) requireSeen(await stopsOfPause(tx, actor, endpointId), stopsSeen, "Pause");
    await tx
      .update(endpoints)
      // Its next run stays, for an undo; nothing is due while it is paused.
      .set({ pausedAt: new Date(), pausedBy: actor.userId })
      .where(eq(endpoints.id, endpointId));
    return changed({ event: "flow.paused", subjectId: endpointId, details: { direction, name } });
  });
}

/**
 * Activates a paused source or destination; an active one stays as it is. Within a minute it undoes the actor's own pause:
 * the next run is the one that it was, unless something was changed meanwhile.
 */
export async function activateEndpoint(db: Db, actor: Actor, endpointId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { direction, name, pausedAt, schedule } = await requireEndpointRight(
      tx,
      actor,
      endpointId,
      "operate",
    );
    if (!pausedAt) return unchanged();
    const isUndo =
      isWithinUndo(pausedAt) &&
      (await didLast(tx, actor, {
        subjectId: endpointId,
        event: "flow.paused",
        orElse: ["flow.activated", "flow.edited"],
      }));
    // A schedule that paused itself starts counting anew.
    // One that follows a source may have missed a run of it.
    const next = schedule.kind === "after-source" ? new Date() : nextRunAt(schedule, new Date());
    const anew = isUndo ? {} : { failures: 0, failingSince: null, nextRunAt: next };
    await tx
      .update(endpoints)
      .set({ pausedAt: null, pausedBy: null, ...anew })
      .where(eq(endpoints.id, endpointId));
    return changed({
      event: "flow.activated",
      subjectId: endpointId,
      details: { direction, name },
    });
  });
}

/**
 * Deletes a source or destination with all grants on it; its credential stays. Returns its direction and name. CONFLICT
 * if more would stop with it than the actor was told.
 */
export async function deleteEndpoint(
  db: Db,
  actor: Actor,
  endpointId: string,
  stopsSeen?: number,
): Promise<Pick<EditableEndpoint, "direction" | "name">> {
  return changeWith(db, actor, async (tx) => {
    const { direction, name, credentialId } = await requireEndpointRight(tx, actor, endpointId, "delete");
    if (stopsSeen !== undefined) {
      requireSeen(await stopsWithoutSource(tx, actor, endpointId), stopsSeen, "Delete");
    }
    await deleteRecords(tx, endpointId);
    await deleteDeliveries(tx, endpointId);
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
