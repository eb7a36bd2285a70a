import { z } from "zod";
import { emailSchema } from "@/lib/auth/schema";
import { descriptionSchema, nameSchema } from "@/lib/text/names";
import { teamRoles } from "./policy";

const team = { teamId: z.guid() };
const facts = { name: nameSchema("Enter the team's name."), description: descriptionSchema };

/** What naming one team takes. */
export const teamIdSchema = z.object(team);

/** What a new team takes. */
export const addTeamSchema = z.object(facts);

/** What an edit takes: which version it was made from, too. */
export const editTeamSchema = z.object({ ...team, ...facts, version: z.coerce.number().int().positive() });

/** What adding somebody who has an account takes. */
export const addMemberSchema = z.object({ ...team, email: emailSchema });

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
