import { inviteToTeamAction, revokeInvitationAction } from "@/lib/invitations/actions";
import {
  acceptProposalAction,
  addMemberAction,
  changeMemberRoleAction,
  declineProposalAction,
  removeMemberAction,
  withdrawProposalAction,
} from "@/lib/teams/actions";

/** The actions of the panels on a team's page. */
export const memberActions = {
  add: addMemberAction,
  changeRole: changeMemberRoleAction,
  remove: removeMemberAction,
};
export const proposalActions = {
  accept: acceptProposalAction,
  decline: declineProposalAction,
  withdraw: withdrawProposalAction,
};
export const invitationActions = { invite: inviteToTeamAction, revoke: revokeInvitationAction };
