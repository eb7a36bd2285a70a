import "server-only";
import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { teamMembers, teams, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { didLast, isJustNow } from "@/lib/audit/last-done";
import { isStillEnabled } from "@/lib/auth/still-enabled";
import type { Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import type { TeamRole } from "./policy";
import { endProposals } from "./proposals";

// The rows of members; callers hold the team's lock and have verified the right to change them.

/** Adds a member; false if the user is one already. */
export async function join(tx: Tx, teamId: string, userId: string, role: TeamRole): Promise<boolean> {
  const begun = await tx
    .insert(teamMembers)
    .values({ teamId, userId, role })
    .onConflictDoNothing()
    .returning({ id: teamMembers.id });
  return begun.length > 0;
}

/** A user's current role in a team; null if they are not in it. */
export async function findRole(tx: Tx, teamId: string, userId: string): Promise<TeamRole | null> {
  const [stay] = await tx.select({ role: teamMembers.role }).from(teamMembers).where(stayOf(teamId, userId));
  return stay?.role ?? null;
}

/** Gives a member another role. */
export async function setRole(tx: Tx, teamId: string, userId: string, role: TeamRole): Promise<void> {
  await tx.update(teamMembers).set({ role }).where(stayOf(teamId, userId));
}

/** Ends a membership, and with it the access through the team and the user's open proposals. */
export async function endStay(tx: Tx, teamId: string, userId: string): Promise<void> {
  await endProposals(tx, teamId, "withdrawn", userId);
  await tx.update(teamMembers).set({ endedAt: new Date() }).where(stayOf(teamId, userId));
}

/** Locks a team that still exists, for a user who need not see it; false without one, or if the user is disabled. */
export async function lockTeam(tx: Tx, actor: Actor, teamId: string): Promise<boolean> {
  const [held] = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.id, teamId), isNull(teams.deletedAt), isStillEnabled(actor)))
    .for("update");
  return held !== undefined;
}

/** True if the actor was the last to end this membership, in this way. */
export function endedStay(
  tx: Tx,
  actor: Actor,
  event: "team.member-removed" | "team.member-left",
  { teamId, userId }: { teamId: string; userId: string },
): Promise<boolean> {
  const orElse = ["team.member-removed", "team.member-left"] as const;
  return didLast(tx, actor, { subjectId: teamId, userId, event, orElse });
}

/** Goes on with a membership that ended within a minute; returns its role, null without one, and for a member. */
export async function restoreStay(tx: Tx, teamId: string, userId: string): Promise<TeamRole | null> {
  if (await findRole(tx, teamId, userId)) return null;
  const [last] = await tx
    .select({ id: teamMembers.id })
    .from(teamMembers)
    .where(
      and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId), isJustNow(teamMembers.endedAt)),
    )
    .orderBy(desc(teamMembers.endedAt))
    .limit(1);
  if (!last) return null;
  await tx.update(teamMembers).set({ endedAt: null }).where(eq(teamMembers.id, last.id));
  return findRole(tx, teamId, userId);
}

/** Refuses the undo of a membership's end. */
export function tooLateToUndo(): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "This cannot be undone any more. An owner of the team can add the member again.",
  });
}

/** True if a team has an owner whose account is enabled. */
export async function hasActingOwner(tx: Tx, teamId: string): Promise<boolean> {
  return (await findActingOwner(tx, teamId)) !== undefined;
}

/**
 * CONFLICT unless a user other than `userId` is an owner with an enabled account: a team without one could never be
 * changed again.
 */
export async function requireAnotherOwner(tx: Tx, teamId: string, userId: string): Promise<void> {
  if (await findActingOwner(tx, teamId, userId)) return;
  throw new AppError({
    code: "CONFLICT",
    message: "A team needs an owner. Make another user an owner first.",
  });
}

async function findActingOwner(tx: Tx, teamId: string, except?: string) {
  const [owner] = await tx
    .select({ id: teamMembers.id })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(
      and(
        eq(teamMembers.teamId, teamId),
        eq(teamMembers.role, "owner"),
        isNull(teamMembers.endedAt),
        isNull(users.disabledAt),
        except === undefined ? undefined : ne(teamMembers.userId, except),
      ),
    )
    .limit(1);
  return owner;
}

function stayOf(teamId: string, userId: string) {
  return and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId), isNull(teamMembers.endedAt));
}
