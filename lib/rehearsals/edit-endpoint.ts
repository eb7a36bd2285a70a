import "server-only";
import { and, eq } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import { done, type Outcome, refused } from "@/lib/action-result";
import type { Actor } from "@/lib/actor";
import { reachableBy, visibleTo } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { changedMeanwhile } from "@/lib/edits";
import { afterEdit, changedFields } from "@/lib/endpoints/edit-changes";
import { editEndpoint } from "@/lib/endpoints/mutations";
import { requireEndpointRight } from "@/lib/endpoints/require-right";
import { requireChangeable } from "@/lib/endpoints/require-writing";
import type { EditEndpointInput } from "@/lib/endpoints/schema";
import type { Direction } from "@/lib/paths";
import { withSourceSession } from "@/lib/reading/session";
import { type Dependent, dependentById, fingerprintOf, knownSignIn } from "./dependents";
import { isAllFine, rehearse } from "./rehearse";
import { changeOf } from "./replace-secret";
import { isConfirmed, issueConfirmation } from "./token";
import type { NotEdited, Rehearsal } from "./types";
import { countWords } from "./words";

/** What was edited; `isTried`: it was tried with its new credential, and goes on. */
export type Edited = { readonly id: string; readonly direction: Direction; readonly isTried: boolean };

type Input = EditEndpointInput & { readonly rehearsalToken?: string | undefined };

/**
 * Edits a source or destination; with another credential only after it was tried with that, and is fine or confirmed.
 * Throws as `editEndpoint` and `withSourceSession` do.
 */
export async function editAfterRehearsal(
  db: Db,
  actor: Actor,
  input: Input,
): Promise<Outcome<Edited, NotEdited>> {
  const plan = await planOf(db, actor, input);
  const judged = plan ? await judge(db, actor, input, plan) : "unchanged";
  if (typeof judged === "object") {
    const message = `Not saved yet: ${countWords(judged.counts)}`;
    return refused({ code: "CONFLICT", message }, { rehearsal: judged });
  }
  const edit = await editEndpoint(db, actor, input);
  return edit.saved
    ? done({ id: input.endpointId, direction: edit.now.direction, isTried: judged === "fine" })
    : refused<NotEdited>(changedMeanwhile, edit.now);
}

type Plan = { readonly from: string | null; readonly to: string; readonly dependent: Dependent };

/** The change of credential that an edit asks for; null without one, and for an edit that will be refused anyway. */
async function planOf(db: Db, actor: Actor, input: Input): Promise<Plan | null> {
  const { endpointId, credentialId: to } = input;
  if (to === null) return null;
  const planned = await db.transaction(async (tx) => {
    const before = await requireEndpointRight(tx, actor, endpointId, "edit");
    if (before.version !== input.version || before.credentialId === to) return null;
    const isUsable = and(
      eq(credentials.id, to),
      eq(credentials.kind, before.connector),
      visibleTo(actor),
      reachableBy(before.ownerId),
    );
    if ((await tx.$count(credentials, isUsable)) === 0) return null;
    const after = afterEdit(before, input);
    const fields = changedFields(before, after);
    // Before anything is read of the records: the rehearsal names places that stand in them.
    if (fields.includes("input") || fields.includes("writing")) {
      await requireChangeable(tx, actor, endpointId, { ...before, ...after });
    }
    return { from: before.credentialId, after };
  });
  if (!planned) return null;
  const [stored] = await dependentById(db, actor, endpointId);
  return stored
    ? { from: planned.from, to, dependent: { ...stored, ...planned.after, name: stored.name } }
    : null;
}

async function judge(
  db: Db,
  actor: Actor,
  { endpointId, version, rehearsalToken }: Input,
  { from, to, dependent }: Plan,
): Promise<"fine" | "confirmed" | Rehearsal> {
  const next = await knownSignIn(db, to);
  const rehearsed = {
    subject: `endpoint:${endpointId}`,
    version,
    signIn: `${to}:${next?.secretVersion}`,
    dependents: fingerprintOf([dependent]),
  };
  if (await isConfirmed(rehearsalToken, actor, rehearsed)) return "confirmed";
  const before = from === null ? null : await knownSignIn(db, from);
  const change = next ? changeOf(before, next) : { isOtherServer: false, isOtherAccount: false };
  const found = await rehearse(db, [dependent], change, (work) =>
    withSourceSession(db, actor, to, work, { returnsFailures: true }),
  );
  return isAllFine(found) ? "fine" : { ...found, token: await issueConfirmation(actor, rehearsed) };
}
