import { randomUUID } from "node:crypto";
import { endSession } from "@/lib/account/mutations";
import type { Actor } from "@/lib/actor";
import { findCheckStop } from "@/lib/credentials/check-stop";
import * as deletion from "@/lib/credentials/deletion/mutations";
import * as credentialChanges from "@/lib/credentials/mutations";
import { credentialOperations } from "@/lib/credentials/policy";
import * as credentials from "@/lib/credentials/queries";
import { requireRight } from "@/lib/credentials/require-right";
import type { Db, Tx } from "@/lib/db/types";
import * as flowChanges from "@/lib/endpoints/mutations";
import { flowOperations } from "@/lib/endpoints/policy";
import * as flows from "@/lib/endpoints/queries";
import { requireFlowRight } from "@/lib/endpoints/require-right";
import { listHistory } from "@/lib/history/credential-history";
import { inviteToPortal, inviteToTeam, revokeInvitation } from "@/lib/invitations/mutations";
import { listTeamInvitations } from "@/lib/invitations/queries";
import * as sharing from "@/lib/sharing/mutations";
import { countUnbacked, findAccess } from "@/lib/sharing/queries";
import * as handovers from "@/lib/transfers/mutations";
import { findHandover } from "@/lib/transfers/queries";
import * as people from "@/lib/users/mutations";
import { findPerson } from "@/lib/users/queries";
import { aCredential, verified } from "./credentials";
import { teamAsks } from "./unauthorized-team-access";

/** The ids of one thing of each kind: somebody's own, another's, or of nothing at all. */
export type Ids = Record<
  | "credential"
  | "flow"
  | "team"
  | "invitation"
  | "portalInvitation"
  | "handover"
  | "person"
  | "session"
  | "proposal"
  | "reset"
  | "notice",
  string
> & { readonly grant: { readonly credential: string; readonly flow: string } };

/** Ids that name nothing. */
export function randomIds(): Ids {
  const [credential, flow, team, invitation] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const grant = { credential: randomUUID(), flow: randomUUID() };
  const [portalInvitation, handover, person, session] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const told = { proposal: randomUUID(), reset: randomUUID(), notice: randomUUID() };
  return { credential, flow, team, invitation, portalInvitation, handover, person, session, grant, ...told };
}

/** Asks for a thing by ids that are not the reader's; `own` are the reader's, for what takes one of each. */
export type Ask = (db: Db, reader: Actor, ids: Ids, own: Ids) => Promise<unknown>;

const named = { name: "Asked for", description: "" };
const version = 1;
const source = { direction: "source", connector: "bitbucket-server" } as const;

/** Every query and mutation that takes an id, under its domain and name, in each way in which an id can be another's. */
export const asks: Record<string, readonly Ask[]> = {
  "credentials/findCredentialTile": by("credential", credentials.findCredentialTile),
  "credentials/getCredentialTile": by("credential", credentials.getCredentialTile),
  "credentials/findCredentialDetails": by("credential", credentials.findCredentialDetails),
  "credentials/getSignIn": by("credential", credentials.getSignIn),
  "credentials/findChangeable": by("credential", credentials.findChangeable),
  "credentials/getChangeable": [
    (db, reader, { credential }) => credentials.getChangeable(db, reader, credential, "edit"),
  ],
  "credentials/findProvenFacts": [
    (db, reader, { credential }) => credentials.findProvenFacts(db, reader, credential, new Date()),
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
  "history/listHistory": [(db, reader, { credential }) => listHistory(db, reader, credential, null)],
  "credentials/requireRight": credentialOperations.map(
    (operation): Ask =>
      (db, reader, { credential }) =>
        inTransaction(db, (tx) => requireRight(tx, reader, credential, operation, "update")),
  ),
  "credentials/editCredential": [
    (db, reader, { credential: credentialId }) =>
      credentialChanges.editCredential(db, reader, { credentialId, version, ...named }),
  ],
  "credentials/replaceSecret": [
    (db, reader, { credential }) =>
      credentialChanges.replaceSecret(db, reader, {
        ...aCredential(),
        replaced: { credentialId: credential, secretVersion: version },
      }),
  ],
  "credentials/deletion/deleteCredential": by("credential", deletion.deleteCredential),
  "credentials/recordCheck": [
    (db, reader, { credential }) =>
      credentialChanges.recordCheck(
        db,
        reader,
        { credentialId: credential, secretVersion: version },
        verified,
      ),
  ],
  "credentials/setKeyEnd": [
    (db, reader, { credential: credentialId }) =>
      credentialChanges.setKeyEnd(db, reader, {
        credentialId,
        secretVersion: version,
        previous: null,
        keyExpiresOn: "2030-01-01",
      }),
  ],

  "endpoints/findFlow": [
    (db, reader, { flow }) => flows.findFlow(db, reader, "source", flow),
    (db, reader, { flow }) => flows.findFlow(db, reader, "destination", flow),
  ],
  "endpoints/findFlowToEdit": [(db, reader, { flow }) => flows.findFlowToEdit(db, reader, "source", flow)],
  "endpoints/listFlowsUsing": [
    (db, reader, { credential }) => flows.listFlowsUsing(db, reader, credential, null),
  ],
  "endpoints/getCredentialUses": by("credential", flows.getCredentialUses),
  "endpoints/requireFlowRight": flowOperations.map(
    (operation): Ask =>
      (db, reader, { flow }) =>
        inTransaction(db, (tx) => requireFlowRight(tx, reader, flow, operation)),
  ),
  "endpoints/addFlow": [
    (db, reader, { credential: credentialId }) =>
      flowChanges.addFlow(db, reader, { ...source, ...named, credentialId }),
  ],
  "endpoints/editFlow": [
    (db, reader, { flow: flowId }, own) =>
      flowChanges.editFlow(db, reader, { flowId, version, ...named, credentialId: own.credential }),
    (db, reader, { credential: credentialId }, own) =>
      flowChanges.editFlow(db, reader, { flowId: own.flow, version, ...named, credentialId }),
  ],
  "endpoints/pauseFlow": by("flow", flowChanges.pauseFlow),
  "endpoints/activateFlow": by("flow", flowChanges.activateFlow),
  "endpoints/deleteFlow": by("flow", flowChanges.deleteFlow),

  "sharing/findAccess": kinds((kind) => (db, reader, ids) => findAccess(db, reader, { kind, id: ids[kind] })),
  "sharing/share": kinds(
    (kind) => (db, reader, ids, own) =>
      sharing.share(db, reader, {
        kind,
        id: ids[kind],
        holder: { kind: "team", id: own.team },
        role: "collaborator",
      }),
  ),
  "sharing/changeRole": [
    ...kinds(
      (kind) => (db, reader, ids) =>
        sharing.changeRole(db, reader, {
          kind,
          id: ids[kind],
          grantId: ids.grant[kind],
          role: "collaborator",
        }),
    ),
    ...kinds(
      (kind) => (db, reader, ids, own) =>
        sharing.changeRole(db, reader, {
          kind,
          id: own[kind],
          grantId: ids.grant[kind],
          role: "collaborator",
        }),
    ),
  ],
  "sharing/revoke": [
    ...kinds(
      (kind) => (db, reader, ids) =>
        sharing.revoke(db, reader, { kind, id: ids[kind], grantId: ids.grant[kind] }),
    ),
    ...kinds(
      (kind) => (db, reader, ids, own) =>
        sharing.revoke(db, reader, { kind, id: own[kind], grantId: ids.grant[kind] }),
    ),
  ],
  "sharing/countUnbacked": kinds(
    (kind) => (db, reader, ids) => countUnbacked(db, reader, { kind, id: ids[kind] }),
  ),
  "sharing/revokeUnbacked": kinds(
    (kind) => (db, reader, ids) =>
      sharing.revokeUnbacked(db, reader, { kind, id: ids[kind], grantIds: [ids.grant[kind]] }),
  ),
  "sharing/confirmGrant": [
    ...kinds(
      (kind) => (db, reader, ids) =>
        sharing.confirmGrant(db, reader, { kind, id: ids[kind], grantId: ids.grant[kind] }),
    ),
    ...kinds(
      (kind) => (db, reader, ids, own) =>
        sharing.confirmGrant(db, reader, { kind, id: own[kind], grantId: ids.grant[kind] }),
    ),
  ],
  "sharing/leave": [
    ...kinds(
      (kind) => (db, reader, ids) =>
        sharing.leave(db, reader, { kind, id: ids[kind], grantId: ids.grant[kind] }),
    ),
    ...kinds(
      (kind) => (db, reader, ids, own) =>
        sharing.leave(db, reader, { kind, id: own[kind], grantId: ids.grant[kind] }),
    ),
  ],

  "transfers/findHandover": by("credential", findHandover),
  "transfers/offerHandover": [
    (db, reader, { credential: credentialId, person: toUserId }) =>
      handovers.offerHandover(db, reader, { credentialId, toUserId }),
  ],
  "transfers/withdrawHandover": offers(handovers.withdrawHandover),
  "transfers/declineHandover": offers(handovers.declineHandover),
  "transfers/acceptHandover": offers((db, reader, input) =>
    handovers.acceptHandover(db, reader, { ...input, name: named.name }),
  ),

  ...teamAsks,

  "invitations/listTeamInvitations": by("team", listTeamInvitations),
  "invitations/inviteToTeam": [
    (db, reader, { team: teamId }) => inviteToTeam(db, reader, { teamId, days: 1 }),
  ],
  "invitations/inviteToPortal": [
    (db, reader, { team: teamId }) => inviteToPortal(db, reader, { teamId, days: 1 }),
  ],
  "invitations/revokeInvitation": [
    (db, reader, { invitation }) => revokeInvitation(db, reader, invitation),
    (db, reader, { portalInvitation }) => revokeInvitation(db, reader, portalInvitation),
  ],

  "account/endSession": by("session", endSession),
  "users/findPerson": by("person", findPerson),
  "users/disablePerson": by("person", people.disablePerson),
  "users/enablePerson": by("person", people.enablePerson),
  "users/changeRole": [
    (db, reader, { person: personId }) => people.changeRole(db, reader, { personId, role: "administrator" }),
  ],
  "users/signOutEverywhere": by("person", people.signOutEverywhere),
};

function by(
  kind: "credential" | "flow" | "team" | "person" | "session",
  ask: (db: Db, reader: Actor, id: string) => Promise<unknown>,
): Ask[] {
  return [(db, reader, ids) => ask(db, reader, ids[kind])];
}

function kinds(ask: (kind: "credential" | "flow") => Ask): Ask[] {
  return [ask("credential"), ask("flow")];
}

function offers(
  answer: (db: Db, reader: Actor, input: { credentialId: string; handoverId: string }) => Promise<unknown>,
): Ask[] {
  return [
    (db, reader, { credential: credentialId, handover: handoverId }) =>
      answer(db, reader, { credentialId, handoverId }),
    (db, reader, { handover: handoverId }, own) =>
      answer(db, reader, { credentialId: own.credential, handoverId }),
  ];
}

function inTransaction(db: Db, ask: (tx: Tx) => Promise<unknown>): Promise<unknown> {
  return db.transaction(ask);
}
