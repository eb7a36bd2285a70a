import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialGrants, endpointGrants, teamMembers, teams, users } from "@/drizzle/schema";
import { isJustNow } from "@/lib/audit/last-done";
import { byName } from "@/lib/db/name-order";
import type { Db, Tx } from "@/lib/db/types";
import type { GrantableRole, Grantee, Shared } from "./types";

// The two tables differ only in the column that names the item, which only this function selects. They share one
// type, with the wider list of roles, so that every query is written once.
function grantsOf({ kind, id }: Shared): { grants: typeof endpointGrants; onIt: SQL } {
  if (kind === "endpoint") return { grants: endpointGrants, onIt: eq(endpointGrants.endpointId, id) };
  return {
    grants: credentialGrants as unknown as typeof endpointGrants,
    onIt: eq(credentialGrants.credentialId, id),
  };
}

/** The active grants on an item with the names of grantees and givers, users first, by name; `only` narrows them. */
export async function liveGrants(db: Db | Tx, thing: Shared, only?: { id: string } | { grantee: Grantee }) {
  const { grants, onIt } = grantsOf(thing);
  const giver = alias(users, "giver");
  return db
    .select({
      id: grants.id,
      userId: grants.userId,
      userName: users.name,
      email: users.email,
      disabledAt: users.disabledAt,
      teamId: grants.teamId,
      teamName: teams.name,
      memberCount: memberCount(),
      role: grants.role,
      grantedById: giver.id,
      grantedByName: giver.name,
      giverIsDisabled: sql<boolean>`${giver.disabledAt} is not null`,
      grantedAt: grants.grantedAt,
    })
    .from(grants)
    .innerJoin(giver, eq(giver.id, grants.grantedBy))
    .leftJoin(users, eq(users.id, grants.userId))
    .leftJoin(teams, eq(teams.id, grants.teamId))
    .where(
      and(
        onIt,
        isNull(grants.endedAt),
        only && ("id" in only ? eq(grants.id, only.id) : isFor(only.grantee)),
      ),
    )
    .orderBy(
      sql`${grants.teamId} is not null`,
      byName(sql`coalesce(${users.name}, ${teams.name})`),
      grants.id,
    );

  function isFor(grantee: Grantee): SQL {
    return eq(grantee.kind === "person" ? grants.userId : grants.teamId, grantee.id);
  }
}

// The number of enabled members of the team.
function memberCount(): SQL<number> {
  const member = alias(users, "member");
  return sql<number>`(
    select count(*) from ${teamMembers} join ${users} as ${member} on ${member.id} = ${teamMembers.userId}
    where ${teamMembers.teamId} = ${teams.id} and ${teamMembers.endedAt} is null and ${member.disabledAt} is null
  )`.mapWith(Number);
}

/** An active grant as stored, with its names. */
export type LiveGrant = Awaited<ReturnType<typeof liveGrants>>[number];

/** The grantee of a grant. A table constraint requires exactly one. */
export function granteeOf(grant: LiveGrant): Grantee & { name: string } {
  const { userId, userName, teamId, teamName } = grant;
  if (userId !== null && userName !== null) return { kind: "person", id: userId, name: userName };
  if (teamId !== null && teamName !== null) return { kind: "team", id: teamId, name: teamName };
  throw new Error("a grant has no grantee");
}

/** True if a grant of that id was ever given on the item. */
export async function hasGrant(tx: Tx, thing: Shared, id: string): Promise<boolean> {
  const { grants, onIt } = grantsOf(thing);
  const [row] = await tx
    .select({ id: grants.id })
    .from(grants)
    .where(and(onIt, eq(grants.id, id)));
  return row !== undefined;
}

/** Inserts a grant and returns its id. The caller has locked the item. */
export async function beginGrant(
  tx: Tx,
  thing: Shared,
  grant: { grantee: Grantee; role: GrantableRole; by: string },
): Promise<string> {
  const { grantee, by: grantedBy } = grant;
  const id = crypto.randomUUID();
  const held = grantee.kind === "person" ? { userId: grantee.id } : { teamId: grantee.id };
  if (thing.kind === "endpoint") {
    await tx
      .insert(endpointGrants)
      .values({ id, endpointId: thing.id, ...held, role: grant.role, grantedBy });
    return id;
  }
  if (grant.role === "operator") throw new Error("a credential has no operators");
  await tx
    .insert(credentialGrants)
    .values({ id, credentialId: thing.id, ...held, role: grant.role, grantedBy });
  return id;
}

/**
 * Makes a grant active again, as it was, if this user ended it just now; null if not. Refused by the table if the
 * grantee has another one. The caller has locked the item.
 */
export async function restoreGrant(tx: Tx, thing: Shared, id: string, by: string) {
  const { grants, onIt } = grantsOf(thing);
  await tx
    .update(grants)
    .set({ endedAt: null, endedBy: null })
    .where(and(onIt, eq(grants.id, id), eq(grants.endedBy, by), isJustNow(grants.endedAt)));
  const [grant] = await liveGrants(tx, thing, { id });
  return grant ?? null;
}

/** The grantee of a grant that has ended or not; null without such a grant on the item. */
export async function granteeOfGrant(tx: Tx, thing: Shared, id: string): Promise<Grantee | null> {
  const { grants, onIt } = grantsOf(thing);
  const [grant] = await tx
    .select({ userId: grants.userId, teamId: grants.teamId })
    .from(grants)
    .where(and(onIt, eq(grants.id, id)));
  if (grant?.userId) return { kind: "person", id: grant.userId };
  return grant?.teamId ? { kind: "team", id: grant.teamId } : null;
}

/** Ends an active grant; its row stays, with the time and the user who ended it. The caller has locked the item. */
export async function endGrant(tx: Tx, thing: Shared, id: string, by: string): Promise<void> {
  const { grants, onIt } = grantsOf(thing);
  await tx
    .update(grants)
    .set({ endedAt: sql`now()`, endedBy: by })
    .where(and(onIt, eq(grants.id, id), isNull(grants.endedAt)));
}
