import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { teams, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import { requireRight } from "@/lib/credentials/require-right";
import type { Db, Tx } from "@/lib/db/types";
import { requireEndpointRight } from "@/lib/endpoints/require-right";
import { requireSeen } from "@/lib/endpoints/stops";
import { AppError, notFound } from "@/lib/errors";
import { tellShared, tellUnshared } from "@/lib/notifications/telling/sharing";
import {
  beginGrant,
  endGrant,
  granteeOf,
  granteeOfGrant,
  hasGrant,
  type LiveGrant,
  liveGrants,
  restoreGrant,
} from "./grant-rows";
import type { ChangeRoleInput, EndGrantInput, EndUnbackedInput, RevokeInput, ShareInput } from "./schema";
import { findGrantStops } from "./stops";
import { type GrantableRole, type Grantee, recordedKinds, type Shared } from "./types";
import { findBacking } from "./unbacked";

/** What a change of sharing was about, for its message. */
export type SharingChange = {
  readonly granteeName: string;
  readonly role: GrantableRole;
  /** How many grants on the item were given by users who may no longer share it. */
  readonly unbacked: number;
};

/**
 * Grants a user or team a role on a credential, source or destination. NOT_FOUND and NOT_ALLOWED as `requireRight`;
 * at `grantee`, INVALID_INPUT for a grantee that cannot be shared with, and CONFLICT for one with a role already.
 */
export async function share(db: Db, actor: Actor, input: ShareInput): Promise<SharingChange> {
  const { role } = input;
  return changeWith(db, actor, async (tx) => {
    const { ownerId } = await requireShared(tx, actor, input, "share");
    const grantee = await requireGrantee(tx, actor, ownerId, input.grantee);
    const [present] = await liveGrants(tx, input, { grantee });
    if (present) {
      throw refusedAtGrantee(
        "CONFLICT",
        `${grantee.name} already has access as ${present.role}. Change the role in the list below.`,
      );
    }
    const grantId = await beginGrant(tx, input, { grantee, role, by: actor.userId });
    await tellShared(tx, actor, { thing: input, grantId, grantee, role });
    return changed(
      {
        event: `${recordedKinds[input.kind]}.shared`,
        subjectId: input.id,
        details: { grantId, ...inDetails(grantee), role },
      },
      { granteeName: grantee.name, role, unbacked: 0 },
    );
  });
}

/**
 * Ends a grant and begins one with another role for the same grantee. CONFLICT if the grant has ended since the page
 * was loaded; NOT_FOUND if it is not on this item.
 */
export async function changeRole(db: Db, actor: Actor, input: ChangeRoleInput): Promise<SharingChange> {
  const { role } = input;
  return changeWith(db, actor, async (tx) => {
    const { ownerId } = await requireShared(tx, actor, input, "share");
    const seen = await requireLive(tx, input, input.grantId);
    const grantee = granteeOf(seen);
    // Nothing changes, so nothing is recorded; the grant keeps its id.
    if (seen.role === role) return unchanged({ granteeName: grantee.name, role, unbacked: 0 });
    await endGrant(tx, input, seen.id, actor.userId);
    const grantId = await beginGrant(tx, input, { grantee, role, by: actor.userId });
    const unbacked = await countLeft(tx, input, ownerId);
    return changed(
      {
        event: `${recordedKinds[input.kind]}.role-changed`,
        subjectId: input.id,
        details: { grantId, ...inDetails(grantee), role, endedGrantId: seen.id, roleBefore: seen.role },
      },
      { granteeName: grantee.name, role, unbacked },
    );
  });
}

/**
 * Ends a grant; NOT_FOUND as for `changeRole`, and CONFLICT as there, or if more would stop than the user was told. A
 * grantee without another access path loses access at once.
 */
export async function revoke(db: Db, actor: Actor, input: RevokeInput): Promise<SharingChange> {
  return changeWith(db, actor, async (tx) => {
    const { ownerId } = await requireShared(tx, actor, input, "share");
    const seen = await requireLive(tx, input, input.grantId);
    await requireToldStops(tx, actor, { input, ownerId, button: "Remove" });
    await endGrant(tx, input, seen.id, actor.userId);
    await tellUnshared(tx, actor, { thing: input, grantId: seen.id, grantee: granteeOf(seen) });
    const unbacked = await countLeft(tx, input, ownerId);
    return changed(unshared(input, seen), { granteeName: granteeOf(seen).name, role: seen.role, unbacked });
  });
}

/**
 * Undoes the actor's end of a grant within a minute: the same grant is active again, with its role, giver and date.
 * CONFLICT later, or if the grantee has got another grant; NOT_FOUND if it is not on this item.
 */
export async function undoRevoke(db: Db, actor: Actor, input: EndGrantInput): Promise<SharingChange> {
  return changeWith(db, actor, async (tx) => {
    const { ownerId } = await requireShared(tx, actor, input, "share");
    const grantee = await granteeOfGrant(tx, input, input.grantId);
    if (!grantee) throw notFound("grant");
    await requireGrantee(tx, actor, ownerId, grantee);
    const [present] = await liveGrants(tx, input, { grantee });
    const restored = present ? null : await restoreGrant(tx, input, input.grantId, actor.userId);
    if (!restored) throw tooLateToUndo();
    const { id: grantId, role } = restored;
    const named = granteeOf(restored);
    await tellShared(tx, actor, { thing: input, grantId, grantee: named, role });
    const unbacked = await countLeft(tx, input, ownerId);
    const details = { grantId, ...inDetails(named), role };
    return changed(
      { event: `${recordedKinds[input.kind]}.access-restored`, subjectId: input.id, details },
      { granteeName: named.name, role, unbacked },
    );
  });
}

function tooLateToUndo(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "This cannot be undone any more. Share it again, if it should be as before.",
  });
}

/**
 * Ends those of the named grants that are active and whose giver may no longer share the item; returns how many.
 * CONFLICT if none is left: another user has dealt with them meanwhile.
 */
export async function revokeUnbacked(db: Db, actor: Actor, input: EndUnbackedInput): Promise<number> {
  return changeWith(db, actor, async (tx) => {
    const { ownerId } = await requireShared(tx, actor, input, "share");
    const grants = await liveGrants(tx, input);
    const { unbacked } = await findBacking(tx, ownerId, grants);
    const ended = grants.filter(({ id }) => unbacked.has(id) && input.grantIds.includes(id));
    const [first, ...others] = ended;
    if (!first) throw changedMeanwhile();
    for (const { id } of ended) await endGrant(tx, input, id, actor.userId);
    // After all have ended, so that a user with two of them is told.
    for (const grant of ended) {
      await tellUnshared(tx, actor, { thing: input, grantId: grant.id, grantee: granteeOf(grant) });
    }
    const events = others.map((grant) => unshared(input, grant));
    return changed([unshared(input, first), ...events], ended.length);
  });
}

/**
 * Confirms a grant as the actor's own: ends it, and begins an equal one given by the actor. CONFLICT and NOT_FOUND as
 * for `changeRole`; NOT_ALLOWED if the actor's own right does not lead back to the owner.
 */
export async function confirmGrant(db: Db, actor: Actor, input: EndGrantInput): Promise<SharingChange> {
  return changeWith(db, actor, async (tx) => {
    const { ownerId } = await requireShared(tx, actor, input, "share");
    const seen = await requireLive(tx, input, input.grantId);
    const { sharers } = await findBacking(tx, ownerId, await liveGrants(tx, input));
    if (!sharers.has(actor.userId)) {
      throw new AppError({
        code: "NOT_ALLOWED",
        message: "Your own access was given by a user who may no longer share this. Ask the owner.",
      });
    }
    const [grantee, { role }] = [granteeOf(seen), seen];
    await endGrant(tx, input, seen.id, actor.userId);
    const grantId = await beginGrant(tx, input, { grantee, role, by: actor.userId });
    const unbacked = await countLeft(tx, input, ownerId);
    const givenBefore = seen.grantedByName;
    return changed(
      {
        event: `${recordedKinds[input.kind]}.access-confirmed`,
        subjectId: input.id,
        details: { grantId, ...inDetails(grantee), role, endedGrantId: seen.id, givenBefore },
      },
      { granteeName: grantee.name, role, unbacked },
    );
  });
}

/**
 * Ends the actor's own grant; access through a team stays. NOT_FOUND for a grant to another grantee, and CONFLICT as for
 * `revoke`.
 */
export async function leave(db: Db, actor: Actor, input: RevokeInput): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { ownerId } = await requireShared(tx, actor, input, "see");
    const seen = await requireLive(tx, input, input.grantId);
    const grantee = granteeOf(seen);
    if (seen.userId !== actor.userId) throw notFound("grant");
    await requireToldStops(tx, actor, { input, ownerId, button: "Leave" });
    await endGrant(tx, input, seen.id, actor.userId);
    return changed({
      event: `${recordedKinds[input.kind]}.left`,
      subjectId: input.id,
      details: { grantId: seen.id, ...inDetails(grantee), role: seen.role },
    });
  });
}

// The item's row is the lock on all of its grants: every reader, change and use waits for it, so it is taken before
// any grant is read.
function requireShared(tx: Tx, actor: Actor, { kind, id }: Shared, operation: "see" | "share") {
  return kind === "credential"
    ? requireRight(tx, actor, id, operation, "update")
    : requireEndpointRight(tx, actor, id, operation);
}

async function requireLive(tx: Tx, thing: Shared, grantId: string): Promise<LiveGrant> {
  const [grant] = await liveGrants(tx, thing, { id: grantId });
  if (grant) return grant;
  if (!(await hasGrant(tx, thing, grantId))) throw notFound("grant");
  throw changedMeanwhile();
}

async function requireToldStops(
  tx: Tx,
  actor: Actor,
  { input, ownerId, button }: { input: RevokeInput; ownerId: string; button: "Remove" | "Leave" },
): Promise<void> {
  if (input.stopsSeen === undefined) return;
  const all = await findGrantStops(tx, actor, { thing: input, ownerId });
  requireSeen(all.get(input.grantId) ?? null, input.stopsSeen, button);
}

async function countLeft(tx: Tx, thing: Shared, ownerId: string): Promise<number> {
  return (await findBacking(tx, ownerId, await liveGrants(tx, thing))).unbacked.size;
}

function changedMeanwhile(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Another person changed this meanwhile. The list shows how it is now: look again, then decide.",
  });
}

async function requireGrantee(
  tx: Tx,
  actor: Actor,
  ownerId: string,
  grantee: Grantee,
): Promise<Grantee & { name: string }> {
  if (grantee.kind === "team") return { ...grantee, name: await requireLivingTeam(tx, grantee.id) };
  const [user] = await tx
    .select({ name: users.name, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.id, grantee.id))
    .for("share");
  if (!user) throw refusedAtGrantee("INVALID_INPUT", "There is no such person. Search again.");
  if (grantee.id === ownerId) {
    throw refusedAtGrantee("INVALID_INPUT", `${user.name} is the owner and may do everything already.`);
  }
  if (grantee.id === actor.userId) {
    throw refusedAtGrantee("INVALID_INPUT", "You have access already, and you cannot share with yourself.");
  }
  if (user.disabledAt) {
    throw refusedAtGrantee(
      "INVALID_INPUT",
      `The account of ${user.name} is disabled. Ask the portal's administrator, or choose another user.`,
    );
  }
  return { ...grantee, name: user.name };
}

// Locks the team, so that a team that is being deleted gets no grant that its deletion did not see.
async function requireLivingTeam(tx: Tx, id: string): Promise<string> {
  const [team] = await tx
    .select({ name: teams.name })
    .from(teams)
    .where(and(eq(teams.id, id), isNull(teams.deletedAt)))
    .for("share");
  if (!team) throw refusedAtGrantee("INVALID_INPUT", "This team does not exist any more. Search again.");
  return team.name;
}

function refusedAtGrantee(code: "INVALID_INPUT" | "CONFLICT", message: string): AppError {
  return new AppError({ code, message: "Nothing was shared.", fieldErrors: { grantee: message } });
}

function unshared({ kind, id }: Shared, grant: LiveGrant): AuditEvent {
  const details = { grantId: grant.id, ...inDetails(granteeOf(grant)), role: grant.role };
  return { event: `${recordedKinds[kind]}.unshared`, subjectId: id, details };
}

function inDetails({ kind, id, name }: Grantee & { name: string }) {
  return { holder: kind, holderId: id, holderName: name };
}
