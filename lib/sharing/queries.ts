import "server-only";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { credentials, flows, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { mayOnCredential } from "@/lib/credentials/policy";
import { roleOf as credentialRole, visibleTo as seesCredential } from "@/lib/credentials/visibility";
import { byName } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { mayOnFlow } from "@/lib/endpoints/policy";
import { roleOf as flowRole, visibleTo as seesFlow } from "@/lib/endpoints/visibility";
import { type PersonsWay, peopleBehind } from "./access-paths";
import { holderOf, type LiveGrant, liveGrants } from "./grant-rows";
import type { Access, GrantRow, Shared } from "./types";
import { findBacking } from "./unbacked";

/** How many memberships of teams are read to tell who has access. */
const membershipsShown = 500;

/**
 * Who has access to a thing and why; null when it is absent, malformed or not the actor's to see. Those who may share it
 * also learn the people behind each team, and addresses; others learn names and roles.
 */
export async function findAccess(db: Db, actor: Actor, thing: Shared): Promise<Access | null> {
  const seen = await findSeen(db, actor, thing);
  if (!seen) return null;
  const { name, direction, role, mayShare, owner } = seen;
  const grants = await liveGrants(db, thing);
  const { unbacked } = mayShare ? await findBacking(db, owner.id, grants) : nothingTold;
  const members = mayShare ? await listMembers(db, grants) : [];
  const shown = members.slice(0, membershipsShown);
  return {
    thing,
    name,
    direction,
    role,
    mayShare,
    owner,
    grants: grants.map((grant) => rowOf(grant, actor, { mayShare, isUnbacked: unbacked.has(grant.id) })),
    people: mayShare ? peopleBehind([...ownersWay(owner), ...grants.flatMap(ownWay), ...shown]) : null,
    morePeople: members.length > shown.length,
  };
}

const nothingTold = { unbacked: new Set<string>() };

/**
 * How many grants on a thing were given by people who may not share it any more; 0 for a reader who may not share it either,
 * and for what they do not see.
 */
export async function countUnbacked(db: Db, actor: Actor, thing: Shared): Promise<number> {
  const seen = await findSeen(db, actor, thing);
  if (!seen?.mayShare) return 0;
  const { unbacked } = await findBacking(db, seen.owner.id, await liveGrants(db, thing));
  return unbacked.size;
}

async function findSeen(db: Db, actor: Actor, { kind, id }: Shared) {
  if (!z.guid().safeParse(id).success) return null;
  const seen = kind === "credential" ? await findCredential(db, actor, id) : await findFlow(db, actor, id);
  if (!seen?.role) return null;
  const { name, direction, role, ownerId, ownerName, ownerDisabledAt, mayShare } = seen;
  const owner = { id: ownerId, name: ownerName, isDisabled: ownerDisabledAt !== null };
  return { name, direction, role, mayShare, owner };
}

async function findCredential(db: Db, actor: Actor, id: string) {
  const [row] = await db
    .select({
      name: credentials.name,
      role: credentialRole(actor),
      ownerId: credentials.ownerId,
      ownerName: users.name,
      ownerDisabledAt: users.disabledAt,
    })
    .from(credentials)
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .where(and(seesCredential(actor), eq(credentials.id, id)));
  return row && { ...row, direction: null, mayShare: mayOnCredential(row.role, "share") };
}

async function findFlow(db: Db, actor: Actor, id: string) {
  const [row] = await db
    .select({
      name: flows.name,
      direction: flows.direction,
      role: flowRole(actor),
      ownerId: flows.ownerId,
      ownerName: users.name,
      ownerDisabledAt: users.disabledAt,
    })
    .from(flows)
    .innerJoin(users, eq(users.id, flows.ownerId))
    .where(and(seesFlow(actor), eq(flows.id, id)));
  return row && { ...row, mayShare: mayOnFlow(row.role, "share") };
}

// One more than is shown, so as to know whether there are others.
async function listMembers(db: Db, grants: readonly LiveGrant[]): Promise<PersonsWay[]> {
  const byTeam = new Map(grants.flatMap((grant) => (grant.teamId === null ? [] : [[grant.teamId, grant]])));
  if (byTeam.size === 0) return [];
  const rows = await db
    .select({ teamId: teamMembers.teamId, id: users.id, name: users.name })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(
      and(
        inArray(teamMembers.teamId, [...byTeam.keys()]),
        isNull(teamMembers.endedAt),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(byName(users.name), asc(users.id), asc(teamMembers.teamId))
    .limit(membershipsShown + 1);
  return rows.flatMap(({ teamId, id, name }) => {
    const grant = byTeam.get(teamId);
    return grant
      ? [{ id, name, way: { kind: "team", role: grant.role, teamName: holderOf(grant).name } }]
      : [];
  });
}

function ownersWay({ id, name, isDisabled }: Access["owner"]): PersonsWay[] {
  return isDisabled ? [] : [{ id, name, way: { kind: "ownership" } }];
}

function ownWay(grant: LiveGrant): PersonsWay[] {
  const { kind, id, name } = holderOf(grant);
  if (kind === "team" || grant.disabledAt) return [];
  return [{ id, name, way: { kind: "grant", role: grant.role, grantedByName: grant.grantedByName } }];
}

function rowOf(
  grant: LiveGrant,
  actor: Actor,
  { mayShare, isUnbacked }: { mayShare: boolean; isUnbacked: boolean },
): GrantRow {
  const holder = holderOf(grant);
  const lost = grant.giverIsDisabled ? "enabled account" : "right";
  return {
    id: grant.id,
    holder,
    email: mayShare ? grant.email : null,
    memberCount: holder.kind === "team" ? grant.memberCount : null,
    isDisabled: grant.disabledAt !== null,
    role: grant.role,
    grantedByName: grant.grantedByName,
    grantedAt: grant.grantedAt.toISOString(),
    giverLost: isUnbacked ? lost : null,
    isMine: grant.userId === actor.userId,
  };
}
