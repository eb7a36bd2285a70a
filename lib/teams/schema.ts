import { z } from "zod";
import { addMemberFormSchema, teamFormSchema } from "./form-schema";
import { teamRoles } from "./policy";

const team = { teamId: z.guid() };

/** What naming one team takes. */
export const teamIdSchema = z.object(team);

/** What a new team takes. */
export const addTeamSchema = z.object(teamFormSchema.shape);

/** What an edit takes: which version it was made from, too. */
export const editTeamSchema = z.object({
  ...team,
  ...teamFormSchema.shape,
  version: z.coerce.number().int().positive(),
});

/** What adding somebody who has an account takes. */
export const addMemberSchema = z.object({ ...team, ...addMemberFormSchema.shape });

/** What naming one member takes. */
export const memberSchema = z.object({ ...team, userId: z.guid() });

/** What a change of a member's role takes. */
export const changeMemberRoleSchema = memberSchema.extend({ role: z.enum(teamRoles) });

/** What answering or withdrawing a proposal takes. */
export const proposalSchema = z.object({ ...team, proposalId: z.guid() });

export type ProposalInput = z.output<typeof proposalSchema>;
export type AddTeamInput = z.output<typeof addTeamSchema>;
export type EditTeamInput = z.output<typeof editTeamSchema>;
export type AddMemberInput = z.output<typeof addMemberSchema>;
export type MemberInput = z.output<typeof memberSchema>;
export type ChangeMemberRoleInput = z.output<typeof changeMemberRoleSchema>;
