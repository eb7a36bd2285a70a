import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";

/** For how many days an invitation can be good. */
export const invitationDays = [1, 7, 30] as const;

// Absent and empty are the same: a form posts its empty fields too.
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === "string" && value.trim() === "" ? undefined : value),
    schema.optional(),
  );

const chooseDays = "Choose how long the link works.";
const facts = {
  invitedEmail: optional(emailSchema),
  days: z.coerce
    .number(chooseDays)
    .refine((days) => invitationDays.some((known) => known === days), chooseDays),
};

/** What an invitation into a team takes. */
export const inviteToTeamSchema = z.object({ ...facts, teamId: z.guid() });

/** What an invitation into the portal takes; with a team, into that as well. */
export const inviteToPortalSchema = z.object({ ...facts, teamId: optional(z.guid()) });

/** What revoking an invitation takes. */
export const invitationIdSchema = z.object({ invitationId: z.guid() });

/** The token in an invitation's link: 32 random bytes. */
export const invitationTokenSchema = z.string().regex(/^[\w-]{43}$/);

/** What answering an invitation takes. */
export const answerInvitationSchema = z.object({ token: invitationTokenSchema });

export type InviteToTeamInput = z.output<typeof inviteToTeamSchema>;
export type InviteToPortalInput = z.output<typeof inviteToPortalSchema>;
