import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { byAdministrators, bySignedIn, type DomainActions, never, takesNoId } from "./entry";

const unknownToken = "x".repeat(43);

const mutations = () => import("@/lib/invitations/mutations");
const teams = () => import("@/lib/testing/teams");

async function anInvitation({ db, owner }: ScenarioFixture) {
  const { invitations } = await import("@/drizzle/schema");
  const teamId = await (await teams()).aTeamOf(db, owner);
  const token = await (await mutations()).inviteToTeam(db, owner, { teamId, days: 7 });
  const [invitation] = await db.select({ id: invitations.id }).from(invitations);
  return { token, invitationId: invitation?.id ?? "" };
}

export const invitationActions: DomainActions = {
  inviteToTeamAction: {
    calls: [
      {
        of: "team",
        to: "invite",
        fields: (teamId) => ({ teamId, invitedEmail: "", days: "1" }),
        passes: ["ok"],
      },
    ],
    leaves: ["invitation.added"],
    arrange: async ({ db, owner }) => ({
      as: owner,
      form: { teamId: await (await teams()).aTeamOf(db, owner), invitedEmail: "", days: "7" },
    }),
    mutations: {
      "invitations/inviteToTeam": [
        async (db, reader, { team: teamId }) =>
          (await mutations()).inviteToTeam(db, reader, { teamId, days: 1 }),
      ],
    },
  },
  inviteToPortalAction: {
    calls: byAdministrators(() => ({ invitedEmail: "", teamId: "", days: "1" }), "ok"),
    leaves: ["invitation.added"],
    arrange: async ({ administrator }) => ({
      as: administrator,
      form: { teamId: "", invitedEmail: "", days: "7" },
    }),
    mutations: {
      "invitations/inviteToPortal": [
        async (db, reader, { team: teamId }) =>
          (await mutations()).inviteToPortal(db, reader, { teamId, days: 1 }),
      ],
    },
  },
  revokeInvitationAction: {
    // The invitation of a team that the user cannot see gives the same response as an absent one.
    calls: bySignedIn({ invitationId: never }, "NOT_FOUND invitation"),
    leaves: ["invitation.revoked"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await anInvitation(fixture) }),
    mutations: {
      "invitations/revokeInvitation": [
        async (db, reader, { invitation }) => (await mutations()).revokeInvitation(db, reader, invitation),
        async (db, reader, { portalInvitation }) =>
          (await mutations()).revokeInvitation(db, reader, portalInvitation),
      ],
    },
  },
  acceptInvitationAction: {
    calls: bySignedIn({ token: unknownToken }, "NOT_ALLOWED"),
    leaves: ["team.member-added"],
    arrange: async (fixture) => ({ as: fixture.other, form: await anInvitation(fixture) }),
    mutations: { "invitations/acceptInvitation": takesNoId },
  },
  declineInvitationAction: {
    calls: bySignedIn({ token: unknownToken }, "NOT_ALLOWED"),
    leaves: ["invitation.declined"],
    arrange: async (fixture) => ({ as: fixture.other, form: await anInvitation(fixture) }),
    mutations: { "invitations/declineInvitation": takesNoId },
  },
};
