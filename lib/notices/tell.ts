import "server-only";
import { and, eq, isNull, notInArray } from "drizzle-orm";
import { notices, teamMembers, teams, users } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import type { NoticeKind } from "./types";

type Told = { readonly kind: NoticeKind; readonly byId: string };

/** Notifies one user of an event about themselves. */
export async function tellUser(tx: Tx, userId: string, { kind, byId }: Told): Promise<void> {
  await tx.insert(notices).values({ userId, kind, byId });
}

/** Notifies the owner of a source or destination of what the portal did by itself. */
export async function tellOwner(
  tx: Tx,
  ownerId: string,
  { kind, endpointId }: { kind: NoticeKind; endpointId: string },
): Promise<void> {
  await tx.insert(notices).values({ userId: ownerId, byId: ownerId, kind, endpointId });
}

/**
 * Notifies all members of a team, disabled accounts included, except the user it is about and the user who did it.
 * Returns how many.
 */
export async function tellMembers(
  tx: Tx,
  { teamId, aboutId, ...told }: Told & { teamId: string; aboutId: string },
): Promise<number> {
  const members = await tx
    .select({ userId: teamMembers.userId })
    .from(teamMembers)
    .where(
      and(
        eq(teamMembers.teamId, teamId),
        isNull(teamMembers.endedAt),
        notInArray(teamMembers.userId, [aboutId, told.byId]),
      ),
    );
  if (members.length > 0) {
    await tx.insert(notices).values(members.map(({ userId }) => ({ ...told, userId, aboutId, teamId })));
  }
  return members.length;
}

/**
 * Notifies the owners of every team that a user is in, since the account gives access to what the team can use; if a
 * team has no other active owner, all of its members. Returns the teams.
 */
export async function tellTeamsOf(
  tx: Tx,
  { aboutId, ...told }: Told & { aboutId: string },
): Promise<string[]> {
  const theirs = await tx
    .select({ teamId: teamMembers.teamId })
    .from(teamMembers)
    .innerJoin(teams, and(eq(teams.id, teamMembers.teamId), isNull(teams.deletedAt)))
    .where(and(eq(teamMembers.userId, aboutId), isNull(teamMembers.endedAt)))
    .orderBy(teamMembers.teamId);
  for (const { teamId } of theirs) {
    const owners = await tx
      .select({ userId: teamMembers.userId })
      .from(teamMembers)
      .innerJoin(users, eq(users.id, teamMembers.userId))
      .where(
        and(
          eq(teamMembers.teamId, teamId),
          isNull(teamMembers.endedAt),
          eq(teamMembers.role, "owner"),
          isNull(users.disabledAt),
          notInArray(teamMembers.userId, [aboutId, told.byId]),
        ),
      );
    if (owners.length === 0) await tellMembers(tx, { ...told, teamId, aboutId });
    else await tx.insert(notices).values(owners.map(({ userId }) => ({ ...told, userId, aboutId, teamId })));
  }
  return theirs.map(({ teamId }) => teamId);
}

/** Notifies all other enabled portal administrators. */
export async function tellAdministrators(
  tx: Tx,
  { aboutId, ...told }: Told & { aboutId: string },
): Promise<void> {
  const others = await tx
    .select({ userId: users.id })
    .from(users)
    .where(
      and(
        eq(users.role, "administrator"),
        isNull(users.disabledAt),
        notInArray(users.id, [aboutId, told.byId]),
      ),
    );
  if (others.length > 0) {
    await tx.insert(notices).values(others.map(({ userId }) => ({ ...told, userId, aboutId })));
  }
}
