import { z } from "zod";
import { inviteFormSchema, optional } from "./form-schema";

/** The form of an invitation into a team. */
export const inviteToTeamSchema = z.object({ ...inviteFormSchema.shape, teamId: z.guid() });

/** The form of an invitation into the portal; with a team, into that as well. */
export const inviteToPortalSchema = z.object({ ...inviteFormSchema.shape, teamId: optional(z.guid()) });

/** The form that revokes an invitation. */
export const invitationIdSchema = z.object({ invitationId: z.guid() });

/** The token in an invitation's link: 32 random bytes. */
export const invitationTokenSchema = z.string().regex(/^[\w-]{43}$/);

/** The form that answers an invitation. */
export const answerInvitationSchema = z.object({ token: invitationTokenSchema });

export type InviteToTeamInput = z.output<typeof inviteToTeamSchema>;
export type InviteToPortalInput = z.output<typeof inviteToPortalSchema>;
