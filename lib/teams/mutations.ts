import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { teamMail, teamMembers, teams, users, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import type { Db, Tx } from "@/lib/db/types";
import { violatesUnique } from "@/lib/db/violations";
import { requireSeen, stopsOfTeam } from "@/lib/endpoints/stops";
import { AppError, notFound } from "@/lib/errors";
import { tellAdded, tellRemoved } from "@/lib/notifications/telling/team";
import { type Answered, apply, enter, entryEvents, lower, raise, type Wish } from "./entry";
import { endStay, findRole, join, requireAnotherOwner } from "./membership";
import { mayOnTeam, type TeamStanding } from "./policy";
import { endProposals, requireOpenProposal } from "./proposals";
import { getTeamHoldings } from "./queries";
import { notAllowed, requireTeamRight } from "./require-right";
import type {
  AddMemberInput,
  AddTeamInput,
  ChangeMemberRoleInput,
  EditTeamInput,
  ProposalInput,
  RemoveMemberInput,
} from "./schema";
import type { TeamHoldings } from "./types";

/**
 * Creates a team with the actor as its only owner; returns its id. CONFLICT at the name if an existing team has it,
 * ignoring case.
 */
export async function addTeam(db: Db, actor: Actor, { name, description }: AddTeamInput): Promise<string> {
  const id = randomUUID();
  await nameIsFree(name, () =>
    changeWith(db, actor, async (tx) => {
      await tx.insert(teams).values({ id, name, description });
      await join(tx, id, actor.userId, "owner");
      return changed({ event: "team.added", subjectId: id, details: { name } });
    }),
  );
  return id;
}

/** Changes a team's name and description. CONFLICT if it was edited since `version`, and as for `addTeam`. */
export async function editTeam(db: Db, actor: Actor, input: EditTeamInput): Promise<void> {
  const { teamId, name, description, version } = input;
  await nameIsFree(name, () =>
    changeWith(db, actor, async (tx) => {
      const team = await requireTeamRight(tx, actor, teamId, "edit");
      if (team.version !== version) {
        throw new AppError({
          code: "CONFLICT",
          message: "Another person changed this team meanwhile. Reload the page to see it as it is now.",
        });
      }
      await tx
        .update(teams)
        .set({ name, description, version: version + 1 })
        .where(eq(teams.id, teamId));
      return changed({ event: "team.edited", subjectId: teamId, details: { name } });
    }),
  );
}

/**
 * Adds a user with an account to a team, as a member, and tells them: at once if the actor is an owner, or if no owner
 * can act; otherwise as a proposal. Refused at the email if no account has it, or if the user is in the team or proposed
 * already.
 */
export async function addMember(db: Db, actor: Actor, { teamId, email }: AddMemberInput): Promise<Answered> {
  return changeWith(db, actor, async (tx) => {
    const { name, standings } = await requireTeamRight(tx, actor, teamId, "addMember");
    const [user] = await tx
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.email, email), isNull(users.disabledAt)));
    if (!user) {
      throw refusedAtEmail("Nobody here has an account with this email address. Invite them with a link.");
    }
    requireOwnPlace(actor, user.id, standings);
    if (await findRole(tx, teamId, user.id)) {
      throw refusedAtEmail(`${user.name} is in this team already.`);
    }
    const wish = wishOf(actor, standings, { teamId, userId: user.id, role: "member" });
    const entry = await enter(tx, wish);
    if (!entry) throw refusedAtEmail(`${user.name} is proposed already. An owner of the team has to answer.`);
    const isAdded = entry.kind !== "proposed";
    if (isAdded) await tellAdded(tx, actor, { ...wish, team: name });
    const events = entryEvents(wish, { entry, wasMember: false, invitationId: null });
    return changed<Answered>(events, isAdded ? "done" : "proposed");
  });
}

/**
 * Removes a user from a team, and tells them. NOT_FOUND if they are not in it, CONFLICT for its last owner, or if more
 * would stop than the actor was told.
 */
export async function removeMember(db: Db, actor: Actor, input: RemoveMemberInput): Promise<void> {
  const { teamId, userId } = input;
  await changeWith(db, actor, async (tx) => {
    const { name } = await requireTeamRight(tx, actor, teamId, "removeMember");
    const role = await findRole(tx, teamId, userId);
    if (!role) throw notFound("member");
    if (role === "owner") await requireAnotherOwner(tx, teamId, userId);
    await requireToldStops(tx, actor, input, "Remove");
    await endStay(tx, teamId, userId);
    await tellRemoved(tx, actor, { userId, teamId, team: name });
    return changed({
      event: "team.member-removed",
      subjectId: teamId,
      details: { userId },
    });
  });
}

/**
 * Makes a member an owner, which may be proposed as in `addMember`, or an owner a member. NOT_FOUND if they are not
 * in the team, CONFLICT for its last owner.
 */
export async function changeMemberRole(
  db: Db,
  actor: Actor,
  input: ChangeMemberRoleInput,
): Promise<Answered> {
  const { teamId, userId, role } = input;
  return changeWith(db, actor, async (tx) => {
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
    const wish = wishOf(actor, standings, { teamId, userId, role });
    const { answered, events } = before === "member" ? await raise(tx, wish) : await lower(tx, wish);
    return changed(events, answered);
  });
}

/**
 * Accepts an administrator's proposal, and tells a new member. For owners of the team. NOT_FOUND without such a proposal, CONFLICT if it has
 * ended or the account is disabled.
 */
export async function acceptProposal(db: Db, actor: Actor, input: ProposalInput): Promise<void> {
  const { teamId, proposalId } = input;
  await changeWith(db, actor, async (tx) => {
    const { name: team } = await requireTeamRight(tx, actor, teamId, "answerProposal");
    const { userId, role, name, isDisabled } = await requireOpenProposal(tx, teamId, proposalId);
    if (isDisabled) {
      throw new AppError({
        code: "CONFLICT",
        message: `The account of ${name} is disabled. Decline, or wait until it is enabled again.`,
      });
    }
    const wasMember = (await findRole(tx, teamId, userId)) !== null;
    await apply(tx, { teamId, userId, role });
    if (!wasMember) await tellAdded(tx, actor, { teamId, userId, role, team });
    const accepted: AuditEvent = {
      event: "team.proposal-accepted",
      subjectId: teamId,
      details: { userId, role },
    };
    const wish = { teamId, userId, role, by: actor.userId, isOwnersWord: true };
    const entry = { kind: "done" } as const;
    return changed([accepted, ...entryEvents(wish, { entry, wasMember, invitationId: null })]);
  });
}

/** Declines an administrator's proposal. For owners of the team; refused as `acceptProposal`. */
export async function declineProposal(db: Db, actor: Actor, input: ProposalInput): Promise<void> {
  await endProposal(db, actor, input, "declined");
}

/** Withdraws a proposal. For portal administrators; refused as `acceptProposal`. */
export async function withdrawProposal(db: Db, actor: Actor, input: ProposalInput): Promise<void> {
  await endProposal(db, actor, input, "withdrawn");
}

async function endProposal(
  db: Db,
  actor: Actor,
  { teamId, proposalId }: ProposalInput,
  outcome: "declined" | "withdrawn",
): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const operation = outcome === "declined" ? "answerProposal" : "withdrawProposal";
    await requireTeamRight(tx, actor, teamId, operation);
    const { userId, role } = await requireOpenProposal(tx, teamId, proposalId);
    await endProposals(tx, teamId, outcome, userId);
    return changed({
      event: `team.proposal-${outcome}`,
      subjectId: teamId,
      details: { userId, role },
    });
  });
}

/**
 * Removes the actor from a team. NOT_FOUND if they are not in it, CONFLICT for its last owner, or if more would stop than
 * they were told.
 */
export async function leaveTeam(db: Db, actor: Actor, teamId: string, stopsSeen?: number): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { role } = await requireTeamRight(tx, actor, teamId, "leave");
    if (role === "owner") await requireAnotherOwner(tx, teamId, actor.userId);
    await requireToldStops(tx, actor, { teamId, userId: actor.userId, stopsSeen }, "Leave team");
    await endStay(tx, teamId, actor.userId);
    return changed({
      event: "team.member-left",
      subjectId: teamId,
      details: { userId: actor.userId },
    });
  });
}

/**
 * Deletes a team without access to anything, and returns null; otherwise deletes nothing and returns what it has
 * access to. The name becomes free again, and all memberships end.
 */
export async function deleteTeam(db: Db, actor: Actor, teamId: string): Promise<TeamHoldings | null> {
  return changeWith(db, actor, async (tx) => {
    // Sharing with the team takes this lock, too: that grant is either seen below, or finds the team gone.
    const { name } = await requireTeamRight(tx, actor, teamId, "delete");
    const holdings = await getTeamHoldings(tx, actor, teamId);
    if (holdings) return unchanged<TeamHoldings | null>(holdings);
    const now = new Date();
    await tx.update(teams).set({ deletedAt: now }).where(eq(teams.id, teamId));
    await tx
      .update(teamMembers)
      .set({ endedAt: now })
      .where(and(eq(teamMembers.teamId, teamId), isNull(teamMembers.endedAt)));
    await endProposals(tx, teamId, "withdrawn");
    await tx.delete(webhooks).where(eq(webhooks.teamId, teamId));
    await tx.delete(teamMail).where(eq(teamMail.teamId, teamId));
    return changed({ event: "team.deleted", subjectId: teamId, details: { name } }, null);
  });
}

// A portal administrator outside the team may not change their own place in it.
function requireOwnPlace(actor: Actor, userId: string, standings: readonly TeamStanding[]): void {
  if (userId === actor.userId && !mayOnTeam(standings, "changeOwnPlace")) throw notAllowed();
}

// The request to add or promote a user, made by the actor.
function wishOf(
  actor: Actor,
  standings: readonly TeamStanding[],
  wanted: Pick<Wish, "teamId" | "userId" | "role">,
): Wish {
  return { ...wanted, by: actor.userId, isOwnersWord: mayOnTeam(standings, "letIn") };
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

async function requireToldStops(
  tx: Tx,
  actor: Actor,
  input: RemoveMemberInput,
  press: string,
): Promise<void> {
  const { teamId, userId, stopsSeen } = input;
  if (stopsSeen === undefined) return;
  const stops = await stopsOfTeam(tx, actor, teamId);
  requireSeen(stops.get(userId) ?? null, stopsSeen, press);
}

function refusedAtEmail(message: string): AppError {
  return new AppError({
    code: "INVALID_INPUT",
    message: "Some fields need your attention.",
    fieldErrors: { email: message },
  });
}
