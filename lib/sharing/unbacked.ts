import "server-only";
import { and, inArray, isNull } from "drizzle-orm";
import { teamMembers } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";
import { type Given, type Standing, sharersOf, unbackedAmong } from "./backing";
import type { LiveGrant } from "./grant-rows";

/** Who may share a thing by a right that leads back to its owner, and which of its live grants others gave. */
export type Backing = { readonly sharers: ReadonlySet<string>; readonly unbacked: ReadonlySet<string> };

/** The backing of the live grants of a thing, as it is now; an empty list is looked up no further. */
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

// Of the teams that may share, those members who gave a grant: the only ones that matter.
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
