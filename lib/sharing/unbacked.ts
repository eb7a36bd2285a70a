import "server-only";
import { and, inArray, isNull } from "drizzle-orm";
import { teamMembers } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";
import { type Given, type Standing, sharersOf, unbackedAmong } from "./backing";
import type { LiveGrant } from "./grant-rows";

/** The users whose right to share an item leads back to its owner, and the active grants that others gave. */
export type Backing = { readonly sharers: ReadonlySet<string>; readonly unbacked: ReadonlySet<string> };

/** The current backing of an item's active grants; makes no query for an empty list. */
export async function findBacking(
  db: Db | Tx,
  ownerId: string,
  grants: readonly LiveGrant[],
): Promise<Backing> {
  const given = grants.map(
    ({ id, grantedById, role, userId, teamId }): Given => ({
      id,
      givenBy: grantedById,
      role,
      userId,
      teamId,
    }),
  );
  const standing: Standing = {
    ownerId,
    disabled: new Set(
      grants.filter(({ giverIsDisabled }) => giverIsDisabled).map((grant) => grant.grantedById),
    ),
    members: await membersAmong(db, given),
  };
  return { sharers: sharersOf(given, standing), unbacked: unbackedAmong(given, standing) };
}

// Of the teams that may share, only those members who gave a grant.
async function membersAmong(db: Db | Tx, grants: readonly Given[]): Promise<Map<string, Set<string>>> {
  const teams = grants.flatMap(({ teamId, role }) => (teamId && role === "administrator" ? [teamId] : []));
  const members = new Map<string, Set<string>>();
  if (teams.length === 0) return members;
  const givers = [...new Set(grants.map(({ givenBy }) => givenBy))];
  const rows = await db
    .select({ teamId: teamMembers.teamId, userId: teamMembers.userId })
    .from(teamMembers)
    .where(
      and(
        inArray(teamMembers.teamId, teams),
        inArray(teamMembers.userId, givers),
        isNull(teamMembers.endedAt),
      ),
    );
  for (const { teamId, userId } of rows) members.set(teamId, (members.get(teamId) ?? new Set()).add(userId));
  return members;
}
