import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { teamMembers, teams, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
import type { Db } from "@/lib/db/client";
import { violatesUnique } from "@/lib/db/violations";
import { AppError, notFound } from "@/lib/errors";
import { endStay, findRole, join, requireAnotherOwner, setRole } from "./membership";
import { mayOnTeam, type TeamStanding } from "./policy";
import { getTeamHoldings } from "./queries";
import { notAllowed, requireTeamRight } from "./require-right";
import type {
  AddMemberInput,
  AddTeamInput,
  ChangeMemberRoleInput,
  EditTeamInput,
  MemberInput,
} from "./schema";
import type { TeamHoldings } from "./types";

/** Makes a team whose one owner is the actor; returns its id. CONFLICT at the name when a living team has it, in any case. */
export async function addTeam(db: Db, actor: Actor, { name, description }: AddTeamInput): Promise<string> {
  const id = randomUUID();
  await nameIsFree(name, () =>
    db.transaction(async (tx) => {
      await tx.insert(teams).values({ id, name, description });
      await join(tx, id, actor.userId, "owner");
      await recordEvent(tx, actor, { event: "team.added", subjectId: id, details: { name } });
    }),
  );
  return id;
}

/** Renames and describes a team. CONFLICT when it was edited since `version`, and as for `addTeam`. */
export async function editTeam(db: Db, actor: Actor, input: EditTeamInput): Promise<void> {
  const { teamId, name, description, version } = input;
  await nameIsFree(name, () =>
    db.transaction(async (tx) => {
      const team = await requireTeamRight(tx, actor, teamId, "edit");
      if (team.version !== version) {
        throw new AppError({
          code: "CONFLICT",
          message: "Somebody else has changed this team meanwhile. Load the page again to see how it is now.",
        });
      }
      await tx
        .update(teams)
        .set({ name, description, version: version + 1 })
        .where(eq(teams.id, teamId));
      await recordEvent(tx, actor, { event: "team.edited", subjectId: teamId, details: { name } });
    }),
  );
}

/** Lets somebody who has an account into a team, as a member. Refused at the email where nobody has it or they are in it already. */
export async function addMember(db: Db, actor: Actor, { teamId, email }: AddMemberInput): Promise<void> {
  await db.transaction(async (tx) => {
    const { standings } = await requireTeamRight(tx, actor, teamId, "addMember");
    const [user] = await tx
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.email, email), isNull(users.disabledAt)));
    if (!user) {
      throw refusedAtEmail("Nobody here has an account with this email address. Invite them with a link.");
    }
    requireOwnPlace(actor, user.id, standings);
    if (!(await join(tx, teamId, user.id, "member"))) {
      throw refusedAtEmail(`${user.name} is in this team already.`);
    }
    await recordEvent(tx, actor, {
      event: "team.member-added",
      subjectId: teamId,
      details: { userId: user.id, role: "member", invitationId: null },
    });
  });
}

/** Takes somebody out of a team. NOT_FOUND when they are not in it, CONFLICT for its last owner. */
export async function removeMember(db: Db, actor: Actor, { teamId, userId }: MemberInput): Promise<void> {
  await db.transaction(async (tx) => {
    await requireTeamRight(tx, actor, teamId, "removeMember");
    const role = await findRole(tx, teamId, userId);
    if (!role) throw notFound("member");
    if (role === "owner") await requireAnotherOwner(tx, teamId, userId);
    await endStay(tx, teamId, userId);
    await recordEvent(tx, actor, {
      event: "team.member-removed",
      subjectId: teamId,
      details: { userId },
    });
  });
}

/** Makes a member an owner or an owner a member. NOT_FOUND when they are not in the team, CONFLICT for its last owner. */
export async function changeMemberRole(db: Db, actor: Actor, input: ChangeMemberRoleInput): Promise<void> {
  const { teamId, userId, role } = input;
  await db.transaction(async (tx) => {
    const { standings } = await requireTeamRight(tx, actor, teamId, "changeRole");
    requireOwnPlace(actor, userId, standings);
    const before = await findRole(tx, teamId, userId);
    if (!before) throw notFound("member");
    if (before === role) {
      throw new AppError({
        code: "CONFLICT",
        message: "This has been changed meanwhile. Load the page again.",
      });
    }
    if (before === "owner") await requireAnotherOwner(tx, teamId, userId);
    await setRole(tx, teamId, userId, role);
    await recordEvent(tx, actor, {
      event: "team.role-changed",
      subjectId: teamId,
      details: { userId, role },
    });
  });
}

/** Takes the actor out of a team. NOT_FOUND when they are not in it, CONFLICT for its last owner. */
export async function leaveTeam(db: Db, actor: Actor, teamId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const { role } = await requireTeamRight(tx, actor, teamId, "leave");
    if (role === "owner") await requireAnotherOwner(tx, teamId, actor.userId);
    await endStay(tx, teamId, actor.userId);
    await recordEvent(tx, actor, {
      event: "team.member-left",
      subjectId: teamId,
      details: { userId: actor.userId },
    });
  });
}

/**
 * Deletes a team that holds nothing, and returns null; else nothing happens and what it holds is returned. Its name is
 * free again, its members' stays end.
 */
export async function deleteTeam(db: Db, actor: Actor, teamId: string): Promise<TeamHoldings | null> {
  return db.transaction(async (tx) => {
    // Whoever gives the team something holds this lock too: it is either seen below, or finds the team gone.
    const { name } = await requireTeamRight(tx, actor, teamId, "delete");
    const holdings = await getTeamHoldings(tx, actor, teamId);
    if (holdings) return holdings;
    const now = new Date();
    await tx.update(teams).set({ deletedAt: now }).where(eq(teams.id, teamId));
    await tx
      .update(teamMembers)
      .set({ endedAt: now })
      .where(and(eq(teamMembers.teamId, teamId), isNull(teamMembers.endedAt)));
    await recordEvent(tx, actor, { event: "team.deleted", subjectId: teamId, details: { name } });
    return null;
  });
}

// Managing a team from outside stops at oneself.
function requireOwnPlace(actor: Actor, userId: string, standings: readonly TeamStanding[]): void {
  if (userId === actor.userId && !mayOnTeam(standings, "changeOwnPlace")) throw notAllowed();
}

async function nameIsFree(name: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!violatesUnique(error, "teams_name")) throw error;
    throw new AppError({
      code: "CONFLICT",
      message: "Some fields need your attention.",
      fieldErrors: { name: `There is already a team named “${name}”. Choose another name.` },
    });
  }
}

function refusedAtEmail(message: string): AppError {
  return new AppError({
    code: "INVALID_INPUT",
    message: "Some fields need your attention.",
    fieldErrors: { email: message },
  });
}
