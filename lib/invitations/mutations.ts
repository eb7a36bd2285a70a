import "server-only";
import { and, eq } from "drizzle-orm";
import { invitations } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import { lockAdministrators } from "@/lib/auth/administrators";
import type { Db, Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { entryEvents } from "@/lib/teams/entry";
import { findRole } from "@/lib/teams/membership";
import { requireTeamRight } from "@/lib/teams/require-right";
import { newToken, selectLive, spend, takeLive } from "./live-invitation";
import type { InviteToPortalInput, InviteToTeamInput } from "./schema";
import { visibleTo } from "./visibility";

const dayMs = 24 * 60 * 60 * 1000;

/**
 * Creates an invitation into a team and returns its token, which is not stored. With a portal administrator's
 * invitation, new accounts can be created, too.
 */
export async function inviteToTeam(db: Db, actor: Actor, input: InviteToTeamInput): Promise<string> {
  return changeWith(db, actor, async (tx) => {
    const { standings } = await requireTeamRight(tx, actor, input.teamId, "invite");
    const opensSignUp = standings.includes("administrator");
    const { token, event } = await addInvitation(tx, actor, { ...input, opensSignUp });
    return changed(event, token);
  });
}

/** Creates an invitation into the portal, and into a team if one is named; returns its token. For portal administrators. */
export async function inviteToPortal(db: Db, actor: Actor, input: InviteToPortalInput): Promise<string> {
  return changeWith(db, actor, async (tx) => {
    await lockAdministrators(tx, actor, "page");
    if (input.teamId) await requireTeamRight(tx, actor, input.teamId, "invite");
    const { token, event } = await addInvitation(tx, actor, { ...input, opensSignUp: true });
    return changed(event, token);
  });
}

/**
 * Revokes an open invitation. NOT_FOUND if it is not open or not visible to the actor, NOT_ALLOWED for a mere member
 * of the team.
 */
export async function revokeInvitation(db: Db, actor: Actor, invitationId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const isIt = eq(invitations.id, invitationId);
    // Users who may not see the invitation do not wait for it, and get the same response as for an unknown id.
    const [held] = await tx
      .select({ id: invitations.id })
      .from(invitations)
      .where(and(visibleTo(actor), isIt))
      .for("update");
    if (!held) throw notFound("invitation");
    const [open] = await selectLive(tx, isIt);
    if (!open) throw notFound("invitation");
    if (open.teamId) await requireTeamRight(tx, actor, open.teamId, "invite");
    else await lockAdministrators(tx, actor, "invitation");
    await close(tx, open.id);
    return changed({
      event: "invitation.revoked",
      subjectId: open.id,
      details: { teamId: open.teamId },
    });
  });
}

/**
 * Adds the actor to an invitation's team, once, or proposes them to its owners if a portal administrator who is no
 * owner invited them; returns the team's id, or null if an owner has to agree. NOT_ALLOWED if the invitation is no
 * longer valid, has no team, or was made by the actor: a user who manages a team from outside must not add
 * themselves.
 */
export async function acceptInvitation(db: Db, actor: Actor, token: string): Promise<string | null> {
  return changeWith(db, actor, async (tx) => {
    const invitation = await takeLive(tx, token);
    const { id, teamId, invitedBy } = invitation;
    if (!teamId) throw refused("This invitation is for a new account, and you have one already.");
    if (invitedBy === actor.userId)
      throw refused("You made this invitation yourself: it is for another user.");
    const spent = await spend(tx, invitation, actor.userId);
    if (!spent?.team) throw refused(await whyNot(tx, teamId, actor.userId));
    const { wish, entry } = spent.team;
    const events = entryEvents(wish, { entry, wasMember: false, invitationId: id });
    return changed(events, entry.kind === "proposed" ? null : teamId);
  });
}

async function whyNot(tx: Tx, teamId: string, userId: string): Promise<string> {
  if (await findRole(tx, teamId, userId)) return "You are in this team already.";
  return "An owner of the team has been asked already, and has to agree.";
}

/** Declines an invitation, which ends it. NOT_ALLOWED if it is no longer valid. */
export async function declineInvitation(db: Db, actor: Actor, token: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const { id, teamId } = await takeLive(tx, token);
    await close(tx, id);
    return changed({ event: "invitation.declined", subjectId: id, details: { teamId } });
  });
}

type NewInvitation = {
  teamId?: string | undefined;
  invitedEmail?: string | undefined;
  days: number;
  opensSignUp: boolean;
};

async function addInvitation(
  tx: Tx,
  actor: Actor,
  { teamId, invitedEmail, days, opensSignUp }: NewInvitation,
) {
  const { token, tokenHash } = newToken();
  const [row] = await tx
    .insert(invitations)
    .values({
      tokenHash,
      teamId: teamId ?? null,
      email: invitedEmail ?? null,
      opensSignUp,
      invitedBy: actor.userId,
      expiresAt: new Date(Date.now() + days * dayMs),
    })
    .returning({ id: invitations.id });
  if (!row) throw new Error("the new invitation was not returned");
  const event = {
    event: "invitation.added" as const,
    subjectId: row.id,
    details: { teamId: teamId ?? null, opensSignUp, days },
  };
  return { token, event };
}

async function close(tx: Tx, id: string): Promise<void> {
  await tx.update(invitations).set({ revokedAt: new Date() }).where(eq(invitations.id, id));
}

function refused(message: string): AppError {
  return new AppError({ code: "NOT_ALLOWED", message });
}
