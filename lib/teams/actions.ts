"use server";

import { refresh } from "next/cache";
import { defineAction } from "@/lib/action";
import { done, keepFields, type Outcome, refused } from "@/lib/action-result";
import { database } from "@/lib/db/client";
import { undoLeaveTeam, undoRemoveMember } from "./leaving/mutations";
import {
  acceptProposal,
  addMember,
  addTeam,
  changeMemberRole,
  declineProposal,
  deleteTeam,
  editTeam,
  leaveTeam,
  removeMember,
  withdrawProposal,
} from "./mutations";
import {
  addMemberSchema,
  addTeamSchema,
  changeMemberRoleSchema,
  editTeamSchema,
  leaveTeamSchema,
  memberSchema,
  proposalSchema,
  removeMemberSchema,
  teamIdSchema,
} from "./schema";
import type { TeamHoldings } from "./types";

export const addTeamAction = defineAction(
  addTeamSchema,
  async (actor, input) => done(await addTeam(await database(), actor, input)),
  { keep: keepFields("name", "description"), redirectTo: (teamId) => `/teams/${teamId}?done=added` },
);

export const editTeamAction = defineAction(
  editTeamSchema,
  async (actor, input) => {
    await editTeam(await database(), actor, input);
    return done(input.teamId);
  },
  { keep: keepFields("name", "description"), redirectTo: (teamId) => `/teams/${teamId}?done=edited` },
);

export const addMemberAction = defineAction(
  addMemberSchema,
  async (actor, input) => {
    const answered = await addMember(await database(), actor, input);
    return done({ ...input, answered });
  },
  {
    keep: keepFields("email"),
    redirectTo: ({ teamId, answered }) =>
      `/teams/${teamId}?done=${answered === "done" ? "member-added" : "proposed"}`,
  },
);

export const removeMemberAction = defineAction(
  removeMemberSchema,
  async (actor, input) => {
    // Before the outcome is known: on a conflict, the page then shows what would stop now.
    refresh();
    await removeMember(await database(), actor, input);
    return done(input);
  },
  { redirectTo: ({ teamId, userId }) => `/teams/${teamId}?done=member-removed&undo=${userId}` },
);

export const undoRemoveMemberAction = defineAction(
  memberSchema,
  async (actor, input) => {
    await undoRemoveMember(await database(), actor, input);
    return done(input.teamId);
  },
  { redirectTo: (teamId) => `/teams/${teamId}?done=member-restored` },
);

export const changeMemberRoleAction = defineAction(
  changeMemberRoleSchema,
  async (actor, input) => {
    const answered = await changeMemberRole(await database(), actor, input);
    return done({ ...input, answered });
  },
  {
    redirectTo: ({ teamId, answered }) =>
      `/teams/${teamId}?done=${answered === "done" ? "role" : "proposed"}`,
  },
);

export const acceptProposalAction = defineAction(
  proposalSchema,
  async (actor, input) => {
    await acceptProposal(await database(), actor, input);
    return done(input.teamId);
  },
  { redirectTo: (teamId) => `/teams/${teamId}?done=accepted` },
);

export const declineProposalAction = defineAction(
  proposalSchema,
  async (actor, input) => {
    await declineProposal(await database(), actor, input);
    return done(input.teamId);
  },
  { redirectTo: (teamId) => `/teams/${teamId}?done=proposal-declined` },
);

export const withdrawProposalAction = defineAction(
  proposalSchema,
  async (actor, input) => {
    await withdrawProposal(await database(), actor, input);
    return done(input.teamId);
  },
  { redirectTo: (teamId) => `/teams/${teamId}?done=proposal-withdrawn` },
);

export const leaveTeamAction = defineAction(
  leaveTeamSchema,
  async (actor, { teamId, stopsSeen }) => {
    refresh();
    await leaveTeam(await database(), actor, teamId, stopsSeen);
    return done(teamId);
  },
  { redirectTo: (teamId) => `/teams?done=left&undo=${teamId}` },
);

export const undoLeaveTeamAction = defineAction(
  teamIdSchema,
  async (actor, { teamId }) => {
    await undoLeaveTeam(await database(), actor, teamId);
    return done(teamId);
  },
  { redirectTo: (teamId) => `/teams/${teamId}?done=back` },
);

export const deleteTeamAction = defineAction(
  teamIdSchema,
  async (actor, { teamId }): Promise<Outcome<null, TeamHoldings>> => {
    const holdings = await deleteTeam(await database(), actor, teamId);
    if (!holdings) return done(null);
    refresh();
    return refused(
      { code: "CONFLICT", message: "The team still has access. Remove that access first." },
      holdings,
    );
  },
  { redirectTo: () => "/teams?done=deleted" },
);
