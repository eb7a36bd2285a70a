import "server-only";
import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { credentials, endpoints, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { mayOnCredential } from "@/lib/credentials/policy";
import { roleOf as credentialRole, visibleTo as seesCredential } from "@/lib/credentials/visibility";
import { byName } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { NamedStops } from "@/lib/endpoints/types";
import { roleOf as endpointRole, visibleTo as seesEndpoint } from "@/lib/endpoints/visibility";
import { type UserAccessPath, usersBehind } from "./access-paths";
import { granteeOf, type LiveGrant, liveGrants } from "./grant-rows";
import { findGrantStops } from "./stops";
import type { Access, GrantRow, Shared } from "./types";
import { findBacking } from "./unbacked";

/** At most this many team memberships are read to show who has access. */
const membershipsShown = 500;

/**
 * Who has access to an item, and why; null if it is absent, malformed or not visible to the actor. Users who may
 * share it also see each team's members, and e-mail addresses; others see names and roles.
 */
export async function findAccess(db: Db, actor: Actor, thing: Shared): Promise<Access | null> {
  const seen = await findSeen(db, actor, thing);
  if (!seen) return null;
  const { name, direction, role, mayShare, owner } = seen;
  const grants = await liveGrants(db, thing);
  const { unbacked } = mayShare ? await findBacking(db, owner.id, grants) : nothingTold;
  const mayEnd = (grant: LiveGrant) => mayShare || grant.userId === actor.userId;
  const stops = grants.some(mayEnd) ? await findGrantStops(db, actor, { thing, ownerId: owner.id }) : null;
  const members = mayShare ? await listMembers(db, grants) : [];
  const shown = members.slice(0, membershipsShown);
  return {
    thing,
    name,
    direction,
    role,
    mayShare,
    owner,
    grants: grants.map((grant) =>
      rowOf(grant, actor, {
        ...{
          mayShare,
          isUnbacked: unbacked.has(grant.id),
          stops: (mayEnd(grant) && stops?.get(grant.id)) || null,
        },
      }),
    ),
    users: mayShare ? usersBehind([...ownersPath(owner), ...grants.flatMap(grantPath), ...shown]) : null,
    moreUsers: members.length > shown.length,
  };
}

const nothingTold = { unbacked: new Set<string>() };

/**
 * How many grants on an item were given by users who may no longer share it; 0 if the actor may not share it or does
 * not see it.
 */
export async function countUnbacked(db: Db, actor: Actor, thing: Shared): Promise<number> {
  const seen = await findSeen(db, actor, thing);
  if (!seen?.mayShare) return 0;
  const { unbacked } = await findBacking(db, seen.owner.id, await liveGrants(db, thing));
  return unbacked.size;
}

async function findSeen(db: Db, actor: Actor, { kind, id }: Shared) {
  if (!z.guid().safeParse(id).success) return null;
  const seen =
    kind === "credential" ? await findCredential(db, actor, id) : await findEndpoint(db, actor, id);
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

async function findEndpoint(db: Db, actor: Actor, id: string) {
  const [row] = await db
    .select({
      name: endpoints.name,
      direction: endpoints.direction,
      role: endpointRole(actor),
      ownerId: endpoints.ownerId,
      ownerName: users.name,
      ownerDisabledAt: users.disabledAt,
    })
    .from(endpoints)
    .innerJoin(users, eq(users.id, endpoints.ownerId))
    .where(and(seesEndpoint(actor), eq(endpoints.id, id)));
  return row && { ...row, mayShare: mayOnEndpoint(row.role, "share") };
}

// One more than is shown, to know whether there are others.
async function listMembers(db: Db, grants: readonly LiveGrant[]): Promise<UserAccessPath[]> {
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
      ? [{ id, name, accessPath: { kind: "team", role: grant.role, teamName: granteeOf(grant).name } }]
      : [];
  });
}

function ownersPath({ id, name, isDisabled }: Access["owner"]): UserAccessPath[] {
  return isDisabled ? [] : [{ id, name, accessPath: { kind: "ownership" } }];
}

function grantPath(grant: LiveGrant): UserAccessPath[] {
  const { kind, id, name } = granteeOf(grant);
  if (kind === "team" || grant.disabledAt) return [];
  return [{ id, name, accessPath: { kind: "grant", role: grant.role, grantedByName: grant.grantedByName } }];
}

function rowOf(
  grant: LiveGrant,
  actor: Actor,
  { mayShare, isUnbacked, stops }: { mayShare: boolean; isUnbacked: boolean; stops: NamedStops | null },
): GrantRow {
  const grantee = granteeOf(grant);
  const lost = grant.giverIsDisabled ? "enabled account" : "right";
  return {
    id: grant.id,
    grantee,
    email: mayShare ? grant.email : null,
    memberCount: grantee.kind === "team" ? grant.memberCount : null,
    isDisabled: grant.disabledAt !== null,
    role: grant.role,
    grantedByName: grant.grantedByName,
    grantedAt: grant.grantedAt.toISOString(),
    giverLost: isUnbacked ? lost : null,
    isMine: grant.userId === actor.userId,
    stops,
  };
}
