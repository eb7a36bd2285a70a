import "server-only";
import { desc, eq, type SQL } from "drizzle-orm";
import { invitations } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import { assertAdministrator } from "@/lib/auth/administrators";
import type { Db } from "@/lib/db/types";
import { mayOnTeam } from "@/lib/teams/policy";
import { findTeam } from "@/lib/teams/queries";
import { findLive, selectLive } from "./live-invitation";
import { invitationTokenSchema } from "./schema";
import type { InvitationOffer, OpenInvitation } from "./types";

// Each was made by hand; a user with more open ones can revoke some.
const invitationsShown = 100;

/** What the link with this token offers; null for expired, used, revoked, invented and malformed tokens alike. */
export async function findOffer(db: Db, _visitor: Visitor, token: string): Promise<InvitationOffer | null> {
  if (!invitationTokenSchema.safeParse(token).success) return null;
  const invitation = await findLive(db, token);
  if (!invitation) return null;
  const { teamId, teamName, invitedByName, expiresAt, opensSignUp } = invitation;
  return {
    team: teamId && teamName ? { id: teamId, name: teamName } : null,
    invitedByName,
    expiresAt: expiresAt.toISOString(),
    opensSignUp,
  };
}

/** A team's open invitations, newest first; empty if the actor may not invite into it. */
export async function listTeamInvitations(db: Db, actor: Actor, teamId: string): Promise<OpenInvitation[]> {
  const team = await findTeam(db, actor, teamId);
  if (!team || !mayOnTeam(team.standings, "invite")) return [];
  return listOpen(db, eq(invitations.teamId, teamId));
}

/**
 * The open invitations with which new accounts can be created, newest first. NOT_FOUND unless the actor is a portal
 * administrator.
 */
export async function listPortalInvitations(db: Db, actor: Actor): Promise<OpenInvitation[]> {
  assertAdministrator(actor, "page");
  return listOpen(db, eq(invitations.opensSignUp, true));
}

async function listOpen(db: Db, condition: SQL): Promise<OpenInvitation[]> {
  const rows = await selectLive(db, condition)
    .orderBy(desc(invitations.createdAt), desc(invitations.id))
    .limit(invitationsShown);
  return rows.map(({ id, email, teamName, invitedByName, createdAt, expiresAt }) => ({
    id,
    email: email ?? "",
    teamName,
    invitedByName,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}
