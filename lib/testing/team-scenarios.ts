import { X509Certificate } from "node:crypto";
import { invitations } from "@/drizzle/schema";
import { readPem } from "@/lib/egress/presented-certificate";
import { inviteToTeam } from "@/lib/invitations/mutations";
import { addTrust } from "@/lib/servers/mutations";
import { addMember } from "@/lib/teams/mutations";
import { listProposals } from "@/lib/teams/queries";
import { makeCertificate } from "./certificates";
import type { Stage, Story } from "./scenario-fixture";
import { aTeamOf } from "./teams";

const server = "https://bitbucket.example.com";
const { cert: authority } = await makeCertificate({ name: "Example authority", isAuthority: true });

async function aTeam({ db, owner, other }: Stage) {
  return { teamId: await aTeamOf(db, owner, other), userId: other.userId };
}

async function anInvitation({ db, owner }: Stage) {
  const teamId = await aTeamOf(db, owner);
  const token = await inviteToTeam(db, owner, { teamId, days: 7 });
  const [invitation] = await db.select({ id: invitations.id }).from(invitations);
  return { token, invitationId: invitation?.id ?? "" };
}

async function aProposal({ db, owner, other, administrator }: Stage) {
  const teamId = await aTeamOf(db, owner);
  await addMember(db, administrator, { teamId, email: other.email });
  const [proposal] = await listProposals(db, owner, teamId);
  return { teamId, proposalId: proposal?.id ?? "" };
}

/** The actions of teams, invitations and servers. */
export const teamStories: Readonly<Record<string, Story>> = {
  addTeamAction: {
    leaves: ["team.added"],
    arrange: async ({ owner }) => ({ as: owner, form: { name: "Platform", description: "" } }),
  },
  editTeamAction: {
    leaves: ["team.edited"],
    arrange: async (stage) => {
      const { teamId } = await aTeam(stage);
      return { as: stage.owner, form: { teamId, name: "Renamed", description: "", version: "1" } };
    },
  },
  addMemberAction: {
    leaves: ["team.member-added"],
    arrange: async ({ db, owner, other }) => ({
      as: owner,
      form: { teamId: await aTeamOf(db, owner), email: other.email },
    }),
  },
  removeMemberAction: {
    leaves: ["team.member-removed"],
    arrange: async (stage) => ({ as: stage.owner, form: await aTeam(stage) }),
  },
  changeMemberRoleAction: {
    leaves: ["team.role-changed"],
    arrange: async (stage) => ({ as: stage.owner, form: { ...(await aTeam(stage)), role: "owner" } }),
  },
  acceptProposalAction: {
    leaves: ["team.proposal-accepted", "team.member-added"],
    arrange: async (stage) => ({ as: stage.owner, form: await aProposal(stage) }),
  },
  declineProposalAction: {
    leaves: ["team.proposal-declined"],
    arrange: async (stage) => ({ as: stage.owner, form: await aProposal(stage) }),
  },
  withdrawProposalAction: {
    leaves: ["team.proposal-withdrawn"],
    arrange: async (stage) => ({ as: stage.administrator, form: await aProposal(stage) }),
  },
  leaveTeamAction: {
    leaves: ["team.member-left"],
    arrange: async (stage) => ({ as: stage.other, form: await aTeam(stage) }),
  },
  deleteTeamAction: {
    leaves: ["team.deleted"],
    arrange: async (stage) => ({ as: stage.owner, form: await aTeam(stage) }),
  },
  inviteToTeamAction: {
    leaves: ["invitation.added"],
    arrange: async ({ db, owner }) => ({
      as: owner,
      form: { teamId: await aTeamOf(db, owner), invitedEmail: "", days: "7" },
    }),
  },
  inviteToPortalAction: {
    leaves: ["invitation.added"],
    arrange: async ({ administrator }) => ({
      as: administrator,
      form: { teamId: "", invitedEmail: "", days: "7" },
    }),
  },
  revokeInvitationAction: {
    leaves: ["invitation.revoked"],
    arrange: async (stage) => ({ as: stage.owner, form: await anInvitation(stage) }),
  },
  acceptInvitationAction: {
    leaves: ["team.member-added"],
    arrange: async (stage) => ({ as: stage.other, form: await anInvitation(stage) }),
  },
  declineInvitationAction: {
    leaves: ["invitation.declined"],
    arrange: async (stage) => ({ as: stage.other, form: await anInvitation(stage) }),
  },
  inspectCertificateAction: {
    leaves: [],
    arrange: async ({ administrator }) => ({
      as: administrator,
      form: { server, source: "text", pem: authority },
    }),
  },
  trustCertificateAction: {
    leaves: ["server.trust-added"],
    arrange: async ({ administrator }) => ({
      as: administrator,
      form: {
        server,
        kind: "authority",
        sha256: new X509Certificate(authority).fingerprint256,
        pem: authority,
      },
    }),
  },
  endTrustAction: {
    leaves: ["server.trust-ended"],
    arrange: async ({ db, administrator }) => {
      const [certificate] = readPem(authority) ?? [];
      if (!certificate) throw new Error("the certificate could not be read");
      const trustId = await addTrust(db, administrator, { origin: server, kind: "authority", certificate });
      return { as: administrator, form: { trustId, server } };
    },
  },
};
