import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/actor";
import { listCheckDays } from "@/lib/credentials/check-days";
import { findCheckStop } from "@/lib/credentials/check-stop";
import * as credentialDetails from "@/lib/credentials/details-queries";
import { credentialOperations } from "@/lib/credentials/policy";
import { findPreviousSecret, getPreviousSignIn } from "@/lib/credentials/previous/queries";
import * as credentials from "@/lib/credentials/queries";
import { requireRight } from "@/lib/credentials/require-right";
import { requireUsable } from "@/lib/credentials/require-usable";
import { findRightsBefore } from "@/lib/credentials/rights-before";
import { credentialFilterSchema } from "@/lib/credentials/schema";
import { findGroupNews } from "@/lib/datasets/group-news";
import * as datasets from "@/lib/datasets/queries";
import { parseView } from "@/lib/datasets/view";
import type { Db } from "@/lib/db/types";
import * as engineInput from "@/lib/deliveries/engine/input";
import * as deliveries from "@/lib/deliveries/queries";
import type { RunRef } from "@/lib/deliveries/types";
import { findInput, readInput } from "@/lib/destinations/input";
import { readChoiceOf, readDestinationStep } from "@/lib/destinations/read-destination-step";
import { endpointOperations } from "@/lib/endpoints/policy";
import * as endpoints from "@/lib/endpoints/queries";
import { requireEndpointRight } from "@/lib/endpoints/require-right";
import { listHistory } from "@/lib/history/credential-history";
import { listEndpointHistory } from "@/lib/history/endpoint-history";
import { listTeamHistory } from "@/lib/history/team-history";
import { listTeamInvitations } from "@/lib/invitations/queries";
import { findTeamMail } from "@/lib/notifications/team-mail/queries";
import * as webhooks from "@/lib/notifications/webhooks/queries";
import { listResetsOf } from "@/lib/password-resets/queries";
import { pickProjects, pickRepositories } from "@/lib/reading/pickers";
import { previewSource } from "@/lib/reading/preview";
import { findFed, findHoldings, findStops } from "@/lib/runs/holdings";
import { listLatestRuns } from "@/lib/runs/latest";
import * as runs from "@/lib/runs/queries";
import { countUnbacked, findAccess } from "@/lib/sharing/queries";
import { teamOperations } from "@/lib/teams/policy";
import * as teams from "@/lib/teams/queries";
import { requireTeamRight } from "@/lib/teams/require-right";
import { findTransfer } from "@/lib/transfers/queries";
import { completeUpload } from "@/lib/uploads/mutations";
import * as uploads from "@/lib/uploads/queries";
import { findDisableStops, findUser } from "@/lib/users/queries";
import { queriesWithoutIds } from "./queries-without-ids";
import { type Ask, by, type Ids, ofBothKinds, takesNoId } from "./register/entry";
import { everyAction } from "./register/every-action";
import { aRepositorySource } from "./sources";

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
  const told = { proposal: randomUUID(), reset: randomUUID(), notice: randomUUID(), run: randomUUID() };
  const written = { destination: randomUUID(), delivery: randomUUID(), webhook: randomUUID() };
  const files = { upload: randomUUID(), arriving: randomUUID(), refused: randomUUID() };
  return {
    ...written,
    ...files,
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

function writingFrom(kind: "source" | "upload", id: string): URLSearchParams {
  return new URLSearchParams({ action: "pull-request-comment", input: kind, [kind]: id });
}

/** What the step Data shows of an address, without the address itself. */
async function shownStep(db: Db, reader: Actor, address: URLSearchParams): Promise<unknown> {
  const server = { serverVersion: null, account: null, baseUrl: "https://bitbucket.example.com" };
  const { query: _, ...shown } = await readDestinationStep(db, reader, {
    ...{ kind: "bitbucket-server", address, ...server },
  });
  return shown;
}

/** The reads: every query by domain and name, with another user's id in every parameter. */
const queries: Record<string, readonly Ask[]> = {
  "credentials/findCredentialTile": by("credential", credentials.findCredentialTile),
  "credentials/getCredentialTile": by("credential", credentials.getCredentialTile),
  "credentials/findCredentialDetails": by("credential", credentials.findCredentialDetails),
  "credentials/listEqualSecrets": by("credential", credentials.listEqualSecrets),
  "credentials/getSignIn": by("credential", credentials.getSignIn),
  "credentials/requireUsable": by("credential", requireUsable),
  "credentials/findChangeable": by("credential", credentials.findChangeable),
  "credentials/getChangeable": [
    (db, reader, { credential }) => credentials.getChangeable(db, reader, credential, "edit"),
  ],
  "credentials/findLatestDetails": [
    (db, reader, { credential }) => credentialDetails.findLatestDetails(db, reader, credential, new Date()),
  ],
  "credentials/listCheckDays": [
    (db, reader, { credential }) =>
      listCheckDays(db, reader, credential, { zone: "UTC", now: new Date("2026-01-01") }),
  ],
  "credentials/findRightsBefore": by("credential", findRightsBefore),
  "credentials/findCheckStop": by("credential", findCheckStop),
  "credentials/previous/findPreviousSecret": by("credential", findPreviousSecret),
  "credentials/previous/getPreviousSignIn": by("credential", getPreviousSignIn),
  "credentials/findAvatar": by("credential", credentialDetails.findAvatar),
  "credentials/findEditableKeyEnd": by("credential", credentialDetails.findEditableKeyEnd),
  "credentials/listCredentialTiles": [
    (db, reader, { team }) =>
      credentials.listCredentialTiles(db, reader, null, { group: { kind: "team", teamId: team } }),
  ],
  "credentials/listCredentials": [
    (db, reader, { team }) =>
      credentials.listCredentials(db, reader, credentialFilterSchema.parse({ whose: team }), null),
  ],
  "credentials/requireRight": credentialOperations.map(
    (operation): Ask =>
      (db, reader, { credential }) =>
        db.transaction((tx) => requireRight(tx, reader, credential, operation, "update")),
  ),
  "history/listHistory": [(db, reader, { credential }) => listHistory(db, reader, credential, null)],
  "history/listEndpointHistory": [
    (db, reader, { endpoint }) => listEndpointHistory(db, reader, endpoint, null),
  ],
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
  "endpoints/countHiddenUses": by("credential", endpoints.countHiddenUses),
  "endpoints/getCredentialUses": by("credential", endpoints.getCredentialUses),
  "endpoints/findLastUse": by("credential", endpoints.findLastUse),
  "endpoints/requireEndpointRight": endpointOperations.map(
    (operation): Ask =>
      (db, reader, { endpoint }) =>
        db.transaction((tx) => requireEndpointRight(tx, reader, endpoint, operation)),
  ),

  "reading/previewSource": [
    (db, reader, { credential }) => previewSource(db, reader, credential, aRepositorySource.settings, null),
  ],
  "reading/pickProjects": [
    (db, reader, { credential }) => pickProjects(db, reader, credential, { query: "", start: 0 }),
  ],
  "reading/pickRepositories": [
    (db, reader, { credential }) => pickRepositories(db, reader, credential, { query: "", start: 0 }),
  ],

  "runs/listLatestRuns": [(db, reader, { endpoint }) => listLatestRuns(db, reader, [endpoint])],
  "runs/findHoldings": by("endpoint", findHoldings),
  "runs/findFed": by("endpoint", findFed),
  "runs/findStops": [
    (db, reader, { endpoint }) => findStops(db, reader, endpoint, "pause"),
    (db, reader, { endpoint }) => findStops(db, reader, endpoint, "delete"),
  ],
  "destinations/findInput": [
    (db, reader, { endpoint: id }) => findInput(db, reader, { kind: "source", id }),
    (db, reader, { upload: id }) => findInput(db, reader, { kind: "upload", id }),
  ],
  "destinations/readInput": [
    (db, reader, { endpoint: id }) =>
      readInput(db, reader, { kind: "source", id }, { after: 0, skip: 0, limit: 10 }),
    (db, reader, { upload: id }) =>
      readInput(db, reader, { kind: "upload", id }, { after: 0, skip: 0, limit: 10 }),
  ],
  "destinations/readChoiceOf": [
    (db, reader, { endpoint }) =>
      readChoiceOf(db, reader, "bitbucket-server", writingFrom("source", endpoint)),
    (db, reader, { upload }) => readChoiceOf(db, reader, "bitbucket-server", writingFrom("upload", upload)),
  ],
  "destinations/readDestinationStep": [
    (db, reader, { endpoint }) => shownStep(db, reader, writingFrom("source", endpoint)),
    (db, reader, { upload }) => shownStep(db, reader, writingFrom("upload", upload)),
    (db, reader, { refused }) => shownStep(db, reader, new URLSearchParams({ uploadError: refused })),
  ],
  "datasets/findDataset": by("endpoint", datasets.findDataset),
  "datasets/listRecords": [
    (db, reader, { endpoint }) => datasets.listRecords(db, reader, endpoint, parseView({}, [])),
    (db, reader, { endpoint }) =>
      datasets.listRecords(db, reader, endpoint, parseView({ q: "1" }, []), {
        key: "9",
        isBefore: false,
      }),
  ],
  "datasets/findRecord": [(db, reader, { endpoint }) => datasets.findRecord(db, reader, endpoint, "1")],
  "datasets/countFilled": by("endpoint", datasets.countFilled),
  "datasets/readRecords": [
    (db, reader, { endpoint }) =>
      datasets.readRecords(db, reader, endpoint, { by: "key", after: "", hasDeleted: true }, 10),
    (db, reader, { endpoint }) =>
      datasets.readRecords(db, reader, endpoint, { by: "change", after: 0, until: 9 }, 10),
  ],
  "datasets/findGroupNews": [(db, reader, { endpoint }) => findGroupNews(db, reader, endpoint, new Date())],
  "runs/listRuns": [(db, reader, { endpoint }) => runs.listRuns(db, reader, endpoint, null)],
  "runs/findRun": [
    (db, reader, { endpoint, run }) => runs.findRun(db, reader, endpoint, run),
    (db, reader, { run }, { endpoint }) => runs.findRun(db, reader, endpoint, run),
  ],
  "runs/findLatestDryRun": by("endpoint", runs.findLatestDryRun),
  "runs/listRunPartitions": by("run", runs.listRunPartitions),
  // The run's destination says which file, so only a data set has to be seen.
  "deliveries/engine/readInput": by("endpoint", (db, owner, id) =>
    engineInput.readInput(db, { owner, input: { kind: "source", id } }, { after: 0, until: 9, limit: 10 }),
  ),
  "deliveries/engine/readAgain": by("endpoint", (db, owner, id) =>
    engineInput.readAgain(db, { owner, input: { kind: "source", id } }, ["1"]),
  ),
  "deliveries/listDeliveries": ofRuns((db, reader, ref) =>
    deliveries.listDeliveries(db, reader, ref, { result: null, key: "" }),
  ),
  "deliveries/findDelivery": ofRuns((db, reader, ref) => deliveries.findDelivery(db, reader, ref, 1)),
  "deliveries/countResults": ofRuns((db, reader, ref) => deliveries.countResults(db, reader, ref, "")),
  "deliveries/countDeliveries": ofRuns((db, reader, ref) =>
    deliveries.countDeliveries(db, reader, ref, ["sent"]),
  ),
  "deliveries/readDeliveries": ofRuns((db, reader, ref) =>
    deliveries.readDeliveries(db, reader, ref, { view: { result: null, key: "" }, after: 0 }, 10),
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

  "teams/findTeam": by("team", teams.findTeam),
  "notifications/team-mail/findTeamMail": by("team", findTeamMail),
  "notifications/webhooks/findTeamWebhook": by("team", webhooks.findTeamWebhook),
  "notifications/webhooks/listTeamAttempts": by("team", webhooks.listTeamAttempts),
  "teams/listMembers": by("team", teams.listMembers),
  "teams/getTeamHoldings": by("team", teams.getTeamHoldings),
  "teams/listLeaveStops": by("team", teams.listLeaveStops),
  "teams/listLosses": by("team", teams.listLosses),
  "teams/listProposals": by("team", teams.listProposals),

  "teams/requireTeamRight": teamOperations.map(
    (operation): Ask =>
      (db, reader, { team }) =>
        db.transaction((tx) => requireTeamRight(tx, reader, team, operation)),
  ),

  "invitations/listTeamInvitations": by("team", listTeamInvitations),

  "password-resets/listResetsOf": by("user", listResetsOf),

  "uploads/findUpload": by("upload", uploads.findUpload),
  "uploads/findUploadRefusal": by("refused", uploads.findUploadRefusal),
  // The mutation of a route, which makes the id itself.
  "uploads/completeUpload": by("arriving", (db, reader, id) =>
    completeUpload(db, reader, id, {
      ...{ bytes: 1, records: 1, columns: [], notes: { separator: null, formulas: 0 } },
    }),
  ),

  "users/findUser": by("user", findUser),
  "users/findDisableStops": by("user", findDisableStops),
};

/** The queries above, and the mutations in the register of actions. */
export const asks: Readonly<Record<string, readonly Ask[]>> = Object.assign(
  {},
  queries,
  Object.fromEntries(queriesWithoutIds.map((name) => [name, takesNoId])),
  ...everyAction.map(({ mutations }) => mutations),
);

/** Requests a run's records: with both ids of another user, and with one of the reader's own. */
function ofRuns(ask: (db: Db, reader: Actor, ref: RunRef) => Promise<unknown>): Ask[] {
  return [
    (db, reader, { endpoint, run }) => ask(db, reader, { endpointId: endpoint, runId: run }),
    (db, reader, { destination: endpointId, delivery: runId }) => ask(db, reader, { endpointId, runId }),
    (db, reader, { delivery: runId }, { destination: endpointId }) => ask(db, reader, { endpointId, runId }),
    (db, reader, { destination: endpointId }, { delivery: runId }) => ask(db, reader, { endpointId, runId }),
  ];
}
