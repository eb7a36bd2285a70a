import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { listTeamHistory } from "@/lib/history/team-history";
import { dismissNotice } from "@/lib/notices/mutations";
import { makeReset, revokeReset } from "@/lib/password-resets/mutations";
import { listResetsOf } from "@/lib/password-resets/queries";
import * as teamChanges from "@/lib/teams/mutations";
import { teamOperations } from "@/lib/teams/policy";
import * as teams from "@/lib/teams/queries";
import { requireTeamRight } from "@/lib/teams/require-right";
import type { Ask, Ids } from "./unauthorized-access";

const named = { name: "Asked for", description: "" };
const version = 1;

/** What takes the id of a team, or of what administrators do to teams and accounts. */
export const teamAsks: Record<string, readonly Ask[]> = {
  "teams/findTeam": by("team", teams.findTeam),
  "teams/listMembers": by("team", teams.listMembers),
  "teams/getTeamHoldings": by("team", teams.getTeamHoldings),
  "teams/requireTeamRight": teamOperations.map(
    (operation): Ask =>
      (db, reader, { team }) =>
        db.transaction((tx) => requireTeamRight(tx, reader, team, operation)),
  ),
  "teams/editTeam": [
    (db, reader, { team: teamId }) => teamChanges.editTeam(db, reader, { teamId, version, ...named }),
  ],
  "teams/addMember": [
    (db, reader, { team: teamId }) => teamChanges.addMember(db, reader, { teamId, email: reader.email }),
  ],
  "teams/removeMember": [
    (db, reader, { team: teamId, person: userId }) =>
      teamChanges.removeMember(db, reader, { teamId, userId }),
    (db, reader, { person: userId }, own) =>
      teamChanges.removeMember(db, reader, { teamId: own.team, userId }),
  ],
  "teams/changeMemberRole": [
    (db, reader, { team: teamId, person: userId }) =>
      teamChanges.changeMemberRole(db, reader, { teamId, userId, role: "owner" }),
    (db, reader, { person: userId }, own) =>
      teamChanges.changeMemberRole(db, reader, { teamId: own.team, userId, role: "owner" }),
  ],
  "teams/leaveTeam": by("team", teamChanges.leaveTeam),
  "teams/deleteTeam": by("team", teamChanges.deleteTeam),
  "history/listTeamHistory": [(db, reader, { team }) => listTeamHistory(db, reader, team, null)],
  "teams/listProposals": by("team", teams.listProposals),
  "teams/acceptProposal": proposals(teamChanges.acceptProposal),
  "teams/declineProposal": proposals(teamChanges.declineProposal),
  "teams/withdrawProposal": proposals(teamChanges.withdrawProposal),
  "password-resets/makeReset": by("person", makeReset),
  "password-resets/listResetsOf": by("person", listResetsOf),
  "password-resets/revokeReset": by("reset", revokeReset),
  "notices/dismissNotice": by("notice", dismissNotice),
};

function by(
  kind: "team" | "person" | "reset" | "notice",
  ask: (db: Db, reader: Actor, id: string) => Promise<unknown>,
): Ask[] {
  return [(db, reader, ids: Ids) => ask(db, reader, ids[kind])];
}

function proposals(
  answer: (db: Db, reader: Actor, input: { teamId: string; proposalId: string }) => Promise<unknown>,
): Ask[] {
  return [
    (db, reader, { team: teamId, proposal: proposalId }) => answer(db, reader, { teamId, proposalId }),
    (db, reader, { proposal: proposalId }, own) => answer(db, reader, { teamId: own.team, proposalId }),
  ];
}
