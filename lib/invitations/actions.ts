"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import {
  acceptInvitation,
  declineInvitation,
  inviteToPortal,
  inviteToTeam,
  revokeInvitation,
} from "./mutations";
import {
  answerInvitationSchema,
  invitationIdSchema,
  inviteToPortalSchema,
  inviteToTeamSchema,
} from "./schema";
import type { NewInvitation } from "./types";

export const inviteToTeamAction = defineAction(
  inviteToTeamSchema,
  async (actor, input): Promise<Outcome<NewInvitation, never>> => {
    const token = await inviteToTeam(await database(), actor, input);
    // Updates the list of open invitations below the form.
    refresh();
    return done({ link: `${env().APP_ORIGIN}/invitations/${token}` });
  },
  { keep: keepFields("invitedEmail", "days") },
);

export const inviteToPortalAction = defineAction(
  inviteToPortalSchema,
  async (actor, input): Promise<Outcome<NewInvitation, never>> => {
    const token = await inviteToPortal(await database(), actor, input);
    refresh();
    return done({ link: `${env().APP_ORIGIN}/invitations/${token}` });
  },
  { keep: keepFields("invitedEmail", "days", "teamId") },
);

export const revokeInvitationAction = defineAction(invitationIdSchema, async (actor, { invitationId }) => {
  await revokeInvitation(await database(), actor, invitationId);
  refresh();
  return done(null);
});

export const acceptInvitationAction = defineAction(
  answerInvitationSchema,
  async (actor, { token }) => done(await acceptInvitation(await database(), actor, token)),
  { redirectTo: (teamId) => (teamId ? `/teams/${teamId}?done=joined` : "/teams?done=asked") },
);

export const declineInvitationAction = defineAction(
  answerInvitationSchema,
  async (actor, { token }) => done(await declineInvitation(await database(), actor, token)),
  { redirectTo: () => "/teams?done=declined" },
);
