import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import {
  type Ask,
  by,
  bySignedIn,
  type DomainActions,
  type HarmlessCall,
  named,
  never,
  stale,
  takesNoId,
} from "./entry";

const version = 1;

const mutations = () => import("@/lib/teams/mutations");
const leaving = () => import("@/lib/teams/leaving/mutations");
const teams = () => import("@/lib/testing/teams");

async function aTeam({ db, owner, other }: ScenarioFixture) {
  return { teamId: await (await teams()).aTeamOf(db, owner, other), userId: other.userId };
}

async function aProposal({ db, owner, other, administrator }: ScenarioFixture) {
  const { listProposals } = await import("@/lib/teams/queries");
  const teamId = await (await teams()).aTeamOf(db, owner);
  await (await mutations()).addMember(db, administrator, { teamId, email: other.email });
  const [proposal] = await listProposals(db, owner, teamId);
  return { teamId, proposalId: proposal?.id ?? "" };
}

function onNoProposal(to: "answerProposal" | "withdrawProposal"): HarmlessCall[] {
  return [
    {
      of: "team",
      to,
      fields: (teamId) => ({ teamId, proposalId: never }),
      passes: ["NOT_FOUND proposal"],
    },
  ];
}

/** Another user's team with its member or proposal, and the reader's own team with the other team's. */
function inBothTeams(
  of: "user" | "proposal",
  ask: (db: Db, reader: Actor, teamId: string, id: string) => Promise<unknown>,
): Ask[] {
  return [
    (db, reader, ids) => ask(db, reader, ids.team, ids[of]),
    (db, reader, ids, own) => ask(db, reader, own.team, ids[of]),
  ];
}

export const teamActions: DomainActions = {
  addTeamAction: {
    calls: bySignedIn({ name: "" }, "INVALID_INPUT name"),
    leaves: ["team.added"],
    arrange: async ({ owner }) => ({ as: owner, form: { name: "Platform", description: "" } }),
    mutations: { "teams/addTeam": takesNoId },
  },
  editTeamAction: {
    calls: [
      {
        of: "team",
        to: "edit",
        fields: (teamId) => ({ teamId, version: stale, ...named }),
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["team.edited"],
    arrange: async (fixture) => {
      const { teamId } = await aTeam(fixture);
      return { as: fixture.owner, form: { teamId, name: "Renamed", description: "", version: "1" } };
    },
    mutations: {
      "teams/editTeam": [
        async (db, reader, { team: teamId }) =>
          (await mutations()).editTeam(db, reader, { teamId, version, ...named }),
      ],
    },
  },
  addMemberAction: {
    calls: [
      {
        of: "team",
        to: "addMember",
        fields: (teamId) => ({ teamId, email: "nobody-at-all@example.com" }),
        passes: ["INVALID_INPUT email"],
      },
    ],
    leaves: ["team.member-added"],
    arrange: async ({ db, owner, other }) => ({
      as: owner,
      form: { teamId: await (await teams()).aTeamOf(db, owner), email: other.email },
    }),
    mutations: {
      "teams/addMember": [
        async (db, reader, { team: teamId }) =>
          (await mutations()).addMember(db, reader, { teamId, email: reader.email }),
      ],
    },
  },
  removeMemberAction: {
    calls: [
      {
        of: "team",
        to: "removeMember",
        fields: (teamId) => ({ teamId, userId: never }),
        passes: ["NOT_FOUND member"],
      },
    ],
    leaves: ["team.member-removed"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await aTeam(fixture) }),
    mutations: {
      "teams/removeMember": inBothTeams("user", async (db, reader, teamId, userId) =>
        (await mutations()).removeMember(db, reader, { teamId, userId }),
      ),
    },
  },
  undoRemoveMemberAction: {
    calls: [
      {
        of: "team",
        to: "removeMember",
        fields: (teamId) => ({ teamId, userId: never }),
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["team.member-restored"],
    arrange: async (fixture) => {
      const form = await aTeam(fixture);
      await (await mutations()).removeMember(fixture.db, fixture.owner, form);
      return { as: fixture.owner, form };
    },
    mutations: {
      "teams/leaving/undoRemoveMember": inBothTeams("user", async (db, reader, teamId, userId) =>
        (await leaving()).undoRemoveMember(db, reader, { teamId, userId }),
      ),
    },
  },
  changeMemberRoleAction: {
    calls: [
      {
        of: "team",
        to: "changeRole",
        fields: (teamId) => ({ teamId, userId: never, role: "owner" }),
        passes: ["NOT_FOUND member"],
      },
    ],
    leaves: ["team.role-changed"],
    arrange: async (fixture) => ({ as: fixture.owner, form: { ...(await aTeam(fixture)), role: "owner" } }),
    mutations: {
      "teams/changeMemberRole": inBothTeams("user", async (db, reader, teamId, userId) =>
        (await mutations()).changeMemberRole(db, reader, { teamId, userId, role: "owner" }),
      ),
    },
  },
  acceptProposalAction: {
    calls: onNoProposal("answerProposal"),
    leaves: ["team.proposal-accepted", "team.member-added"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await aProposal(fixture) }),
    mutations: {
      "teams/acceptProposal": inBothTeams("proposal", async (db, reader, teamId, proposalId) =>
        (await mutations()).acceptProposal(db, reader, { teamId, proposalId }),
      ),
    },
  },
  declineProposalAction: {
    calls: onNoProposal("answerProposal"),
    leaves: ["team.proposal-declined"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await aProposal(fixture) }),
    mutations: {
      "teams/declineProposal": inBothTeams("proposal", async (db, reader, teamId, proposalId) =>
        (await mutations()).declineProposal(db, reader, { teamId, proposalId }),
      ),
    },
  },
  withdrawProposalAction: {
    calls: onNoProposal("withdrawProposal"),
    leaves: ["team.proposal-withdrawn"],
    arrange: async (fixture) => ({ as: fixture.administrator, form: await aProposal(fixture) }),
    mutations: {
      "teams/withdrawProposal": inBothTeams("proposal", async (db, reader, teamId, proposalId) =>
        (await mutations()).withdrawProposal(db, reader, { teamId, proposalId }),
      ),
    },
  },
  leaveTeamAction: {
    calls: [
      {
        of: "team",
        to: "leave",
        fields: (teamId) => ({ teamId }),
        // The last owner cannot be removed.
        passes: ["ok", "CONFLICT"],
      },
    ],
    comesLast: true,
    leaves: ["team.member-left"],
    arrange: async (fixture) => ({ as: fixture.other, form: await aTeam(fixture) }),
    mutations: {
      "teams/leaveTeam": by("team", async (...args) => (await mutations()).leaveTeam(...args)),
    },
  },
  undoLeaveTeamAction: {
    // Only users who left a team may come back, and those may not see it meanwhile.
    calls: [{ of: "signed-in", fields: () => ({ teamId: never }), passes: ["NOT_FOUND team"] }],
    leaves: ["team.member-restored"],
    arrange: async (fixture) => {
      const { teamId } = await aTeam(fixture);
      await (await mutations()).leaveTeam(fixture.db, fixture.other, teamId);
      return { as: fixture.other, form: { teamId } };
    },
    mutations: {
      "teams/leaving/undoLeaveTeam": by("team", async (...args) => (await leaving()).undoLeaveTeam(...args)),
    },
  },
  deleteTeamAction: {
    calls: [
      {
        of: "team",
        to: "delete",
        fields: (teamId) => ({ teamId }),
        // Every team of the matrix has access to something.
        passes: ["CONFLICT"],
      },
    ],
    leaves: ["team.deleted"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await aTeam(fixture) }),
    mutations: {
      "teams/deleteTeam": by("team", async (...args) => (await mutations()).deleteTeam(...args)),
    },
  },
};
