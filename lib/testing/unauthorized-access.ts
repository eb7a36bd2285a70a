import { randomUUID } from "node:crypto";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { credentialOperations } from "@/lib/credentials/policy";
import * as credentials from "@/lib/credentials/queries";
import { requireRight } from "@/lib/credentials/require-right";
import { endpointOperations } from "@/lib/endpoints/policy";
import * as endpoints from "@/lib/endpoints/queries";
import { requireEndpointRight } from "@/lib/endpoints/require-right";
import { listHistory } from "@/lib/history/credential-history";
import { listTeamHistory } from "@/lib/history/team-history";
import { listTeamInvitations } from "@/lib/invitations/queries";
import { listResetsOf } from "@/lib/password-resets/queries";
import { countUnbacked, findAccess } from "@/lib/sharing/queries";
import { teamOperations } from "@/lib/teams/policy";
import * as teams from "@/lib/teams/queries";
import { requireTeamRight } from "@/lib/teams/require-right";
import { findTransfer } from "@/lib/transfers/queries";
import { findUser } from "@/lib/users/queries";
import { type Ask, by, type Ids, ofBothKinds, takesNoId } from "./register/entry";
import { everyAction } from "./register/every-action";

/** Unknown ids. */
export function randomIds(): Ids {
  const [credential, endpoint, team, invitation] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const grant = { credential: randomUUID(), endpoint: randomUUID() };
  const [portalInvitation, transfer, user, session] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const told = { proposal: randomUUID(), reset: randomUUID(), notice: randomUUID() };
  return {
    credential,
    endpoint,
    team,
    invitation,
    portalInvitation,
    transfer,
    user,
    session,
    grant,
    ...told,
  };
}

/** The reads: every query by domain and name, with another user's id in every parameter. */
const queries: Record<string, readonly Ask[]> = {
  "credentials/findCredentialTile": by("credential", credentials.findCredentialTile),
  "credentials/getCredentialTile": by("credential", credentials.getCredentialTile),
  "credentials/findCredentialDetails": by("credential", credentials.findCredentialDetails),
  "credentials/getSignIn": by("credential", credentials.getSignIn),
  "credentials/findChangeable": by("credential", credentials.findChangeable),
  "credentials/getChangeable": [
    (db, reader, { credential }) => credentials.getChangeable(db, reader, credential, "edit"),
  ],
  "credentials/findLatestDetails": [
    (db, reader, { credential }) => credentials.findLatestDetails(db, reader, credential, new Date()),
  ],
  "credentials/findCheckStop": by("credential", findCheckStop),
  "credentials/findAvatar": by("credential", credentials.findAvatar),
  "credentials/findEditableKeyEnd": by("credential", credentials.findEditableKeyEnd),
  "credentials/listCredentialTiles": [
    (db, reader, { team }) =>
      credentials.listCredentialTiles(db, reader, null, { kind: "team", teamId: team }),
  ],
  "credentials/listCredentials": [
    (db, reader, { team }) =>
      credentials.listCredentials(db, reader, { q: "", status: null, whose: team }, null),
  ],
  "credentials/ownsCredentialNamed": takesNoId,
  "credentials/requireRight": credentialOperations.map(
    (operation): Ask =>
      (db, reader, { credential }) =>
        db.transaction((tx) => requireRight(tx, reader, credential, operation, "update")),
  ),
  "history/listHistory": [(db, reader, { credential }) => listHistory(db, reader, credential, null)],
  "history/listTeamHistory": [(db, reader, { team }) => listTeamHistory(db, reader, team, null)],

  "endpoints/findEndpoint": [
    (db, reader, { endpoint }) => endpoints.findEndpoint(db, reader, "source", endpoint),
    (db, reader, { endpoint }) => endpoints.findEndpoint(db, reader, "destination", endpoint),
  ],
  "endpoints/findEndpointToEdit": [
    (db, reader, { endpoint }) => endpoints.findEndpointToEdit(db, reader, "source", endpoint),
  ],
  "endpoints/listEndpointsUsing": [
    (db, reader, { credential }) => endpoints.listEndpointsUsing(db, reader, credential, null),
  ],
  "endpoints/getCredentialUses": by("credential", endpoints.getCredentialUses),
  "endpoints/listEndpoints": takesNoId,
  "endpoints/requireEndpointRight": endpointOperations.map(
    (operation): Ask =>
      (db, reader, { endpoint }) =>
        db.transaction((tx) => requireEndpointRight(tx, reader, endpoint, operation)),
  ),

  "sharing/findAccess": ofBothKinds(
    (kind): Ask =>
      (db, reader, ids) =>
        findAccess(db, reader, { kind, id: ids[kind] }),
  ),
  "sharing/countUnbacked": ofBothKinds(
    (kind): Ask =>
      (db, reader, ids) =>
        countUnbacked(db, reader, { kind, id: ids[kind] }),
  ),

  "transfers/findTransfer": by("credential", findTransfer),
  "transfers/listOffersTo": takesNoId,

  "teams/findTeam": by("team", teams.findTeam),
  "teams/listMembers": by("team", teams.listMembers),
  "teams/getTeamHoldings": by("team", teams.getTeamHoldings),
  "teams/listProposals": by("team", teams.listProposals),
  "teams/listProposalsToAnswer": takesNoId,
  "teams/listOwnProposals": takesNoId,
  "teams/listOwnTeams": takesNoId,
  "teams/listAllTeams": takesNoId,
  "teams/listTeamNames": takesNoId,
  "teams/requireTeamRight": teamOperations.map(
    (operation): Ask =>
      (db, reader, { team }) =>
        db.transaction((tx) => requireTeamRight(tx, reader, team, operation)),
  ),

  "invitations/listTeamInvitations": by("team", listTeamInvitations),
  "invitations/listPortalInvitations": takesNoId,
  "invitations/findOffer": takesNoId,

  "password-resets/listResetsOf": by("user", listResetsOf),
  "password-resets/isResetLive": takesNoId,
  "notices/listNotices": takesNoId,

  "account/listOwnSessions": takesNoId,
  "users/findUser": by("user", findUser),
  "users/listUsers": takesNoId,
  // Every user may find every other user to share with.
  "users/searchUsersAndTeams": takesNoId,
};

/** The queries above, and the mutations in the register of actions. */
export const asks: Readonly<Record<string, readonly Ask[]>> = Object.assign(
  {},
  queries,
  ...everyAction.map(({ mutations }) => mutations),
);
