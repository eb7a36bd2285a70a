import { z } from "zod";
import { stopsSeenSchema } from "@/lib/endpoints/schema";
import { addMemberFormSchema, teamFormSchema } from "./form-schema";
import { teamRoles } from "./policy";

const team = { teamId: z.guid() };

/** The form that names a team. */
export const teamIdSchema = z.object(team);

/** The form for a new team. */
export const addTeamSchema = z.object(teamFormSchema.shape);

/** The form for an edit, with the version it was made from. */
export const editTeamSchema = z.object({
  ...team,
  ...teamFormSchema.shape,
  version: z.coerce.number().int().positive(),
});

/** The form that adds a user with an account. */
export const addMemberSchema = z.object({ ...team, ...addMemberFormSchema.shape });

/** The form that names a member. */
export const memberSchema = z.object({ ...team, userId: z.guid() });

/** Removes a member, with the number of sources and destinations that the page said would stop. */
export const removeMemberSchema = memberSchema.extend({ stopsSeen: stopsSeenSchema });

/** Leaves a team, with the same number. */
export const leaveTeamSchema = teamIdSchema.extend({ stopsSeen: stopsSeenSchema });

/** The form that changes a member's role. */
export const changeMemberRoleSchema = memberSchema.extend({ role: z.enum(teamRoles) });

/** The form that answers or withdraws a proposal. */
export const proposalSchema = z.object({ ...team, proposalId: z.guid() });

export type ProposalInput = z.output<typeof proposalSchema>;
export type AddTeamInput = z.output<typeof addTeamSchema>;
export type EditTeamInput = z.output<typeof editTeamSchema>;
export type AddMemberInput = z.output<typeof addMemberSchema>;
export type MemberInput = z.output<typeof memberSchema>;
export type RemoveMemberInput = z.output<typeof removeMemberSchema>;
export type ChangeMemberRoleInput = z.output<typeof changeMemberRoleSchema>;
