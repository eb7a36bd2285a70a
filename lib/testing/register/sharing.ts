import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { ScenarioFixture } from "@/lib/testing/scenario-fixture";
import { type Ask, type DomainActions, type HarmlessCall, never, ofBothKinds } from "./entry";

type Kind = "credential" | "endpoint";
type OfGrant = { kind: Kind; id: string; grantId: string };

const mutations = () => import("@/lib/sharing/mutations");

async function aGrant({ db, owner, other, credentialId }: ScenarioFixture) {
  const { grantCredential } = await import("@/lib/testing/sharing");
  const grantId = await grantCredential(db, owner, credentialId, { userId: other.userId }, "collaborator");
  return { kind: "credential", id: credentialId, grantId };
}

// Given by a user without any right to the credential.
async function anUnbackedGrant({ db, other, administrator, credentialId }: ScenarioFixture) {
  const { grantCredential } = await import("@/lib/testing/sharing");
  const grantee = { userId: administrator.userId };
  const grantId = await grantCredential(db, other, credentialId, grantee, "collaborator");
  return { kind: "credential", id: credentialId, grantId };
}

/** Calls on a grant that has ended. */
function onEndedGrant(to: "share" | "see", more: Record<string, string> = {}): HarmlessCall[] {
  return ofBothKinds((kind) => ({
    of: kind,
    to,
    fields: (id, { endedGrant }) => ({ kind, id, grantId: endedGrant[kind], ...more }),
    // On the caller's own item, that grant does not exist.
    passes: ["CONFLICT", "NOT_FOUND grant"],
  }));
}

/** Another user's item with its grant, and the reader's own item with another user's grant. */
function withGrantOfAnother(ask: (db: Db, reader: Actor, grant: OfGrant) => Promise<unknown>): Ask[] {
  return ofBothKinds((kind): Ask[] => [
    (db, reader, ids) => ask(db, reader, { kind, id: ids[kind], grantId: ids.grant[kind] }),
    (db, reader, ids, own) => ask(db, reader, { kind, id: own[kind], grantId: ids.grant[kind] }),
  ]).flat();
}

export const sharingActions: DomainActions = {
  shareAction: {
    calls: ofBothKinds((kind) => ({
      of: kind,
      to: "share",
      fields: (id) => ({ kind, id, grantee: `person:${never}`, role: "collaborator" }),
      passes: ["INVALID_INPUT grantee"],
    })),
    leaves: ["credential.shared"],
    arrange: async ({ owner, other, credentialId }) => ({
      as: owner,
      form: { kind: "credential", id: credentialId, grantee: `person:${other.userId}`, role: "collaborator" },
    }),
    mutations: {
      "sharing/share": ofBothKinds(
        (kind): Ask =>
          async (db, reader, ids, own) => {
            const grantee = { kind: "team", id: own.team } as const;
            return (await mutations()).share(db, reader, {
              kind,
              id: ids[kind],
              grantee,
              role: "collaborator",
            });
          },
      ),
    },
  },
  changeGrantRoleAction: {
    calls: onEndedGrant("share", { role: "collaborator" }),
    leaves: ["credential.role-changed"],
    arrange: async (fixture) => ({
      as: fixture.owner,
      form: { ...(await aGrant(fixture)), role: "administrator" },
    }),
    mutations: {
      "sharing/changeRole": withGrantOfAnother(async (db, reader, grant) =>
        (await mutations()).changeRole(db, reader, { ...grant, role: "collaborator" }),
      ),
    },
  },
  revokeAction: {
    calls: onEndedGrant("share"),
    leaves: ["credential.unshared"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await aGrant(fixture) }),
    mutations: {
      "sharing/revoke": withGrantOfAnother(async (db, reader, grant) =>
        (await mutations()).revoke(db, reader, grant),
      ),
    },
  },
  undoRevokeAction: {
    calls: onEndedGrant("share"),
    leaves: ["credential.access-restored"],
    arrange: async (fixture) => {
      const { kind, id, grantId } = await aGrant(fixture);
      await (await mutations()).revoke(fixture.db, fixture.owner, { kind: "credential", id, grantId });
      return { as: fixture.owner, form: { kind, id, grantId } };
    },
    mutations: {
      "sharing/undoRevoke": withGrantOfAnother(async (db, reader, grant) =>
        (await mutations()).undoRevoke(db, reader, grant),
      ),
    },
  },
  revokeUnbackedAction: {
    calls: ofBothKinds((kind) => ({
      of: kind,
      to: "share",
      fields: (id, { endedGrant }) => ({ kind, id, grantIds: endedGrant[kind] }),
      passes: ["CONFLICT"],
    })),
    leaves: ["credential.unshared"],
    arrange: async (fixture) => {
      const { grantId, kind, id } = await anUnbackedGrant(fixture);
      return { as: fixture.owner, form: { kind, id, grantIds: grantId } };
    },
    mutations: {
      "sharing/revokeUnbacked": ofBothKinds(
        (kind): Ask =>
          async (db, reader, ids) =>
            (await mutations()).revokeUnbacked(db, reader, {
              kind,
              id: ids[kind],
              grantIds: [ids.grant[kind]],
            }),
      ),
    },
  },
  confirmGrantAction: {
    calls: onEndedGrant("share"),
    leaves: ["credential.access-confirmed"],
    arrange: async (fixture) => ({ as: fixture.owner, form: await anUnbackedGrant(fixture) }),
    mutations: {
      "sharing/confirmGrant": withGrantOfAnother(async (db, reader, grant) =>
        (await mutations()).confirmGrant(db, reader, grant),
      ),
    },
  },
  leaveAction: {
    calls: onEndedGrant("see"),
    leaves: ["credential.left"],
    arrange: async (fixture) => ({ as: fixture.other, form: await aGrant(fixture) }),
    mutations: {
      "sharing/leave": withGrantOfAnother(async (db, reader, grant) =>
        (await mutations()).leave(db, reader, grant),
      ),
    },
  },
};
