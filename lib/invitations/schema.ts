import { z } from "zod";
import { inviteFormSchema, optional } from "./form-schema";

/** What an invitation into a team takes. */
export const inviteToTeamSchema = z.object({ ...inviteFormSchema.shape, teamId: z.guid() });

/** What an invitation into the portal takes; with a team, into that as well. */
export const inviteToPortalSchema = z.object({ ...inviteFormSchema.shape, teamId: optional(z.guid()) });

/** What revoking an invitation takes. */
export const invitationIdSchema = z.object({ invitationId: z.guid() });

/** The token in an invitation's link: 32 random bytes. */
export const invitationTokenSchema = z.string().regex(/^[\w-]{43}$/);

/** What answering an invitation takes. */
export const answerInvitationSchema = z.object({ token: invitationTokenSchema });

export type InviteToTeamInput = z.output<typeof inviteToTeamSchema>;
export type InviteToPortalInput = z.output<typeof inviteToPortalSchema>;
