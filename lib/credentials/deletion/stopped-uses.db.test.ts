import { and, eq, isNull } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, credentialGrants, endpoints, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import type { Db } from "@/lib/db/types";
import { addEndpoint, deleteEndpoint, editEndpoint } from "@/lib/endpoints/mutations";
import { findEndpoint, findEndpointToEdit, getCredentialUses } from "@/lib/endpoints/queries";
import { leave, revoke } from "@/lib/sharing/mutations";
import { deleteTeam, leaveTeam, removeMember } from "@/lib/teams/mutations";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { aTeamOf } from "@/lib/testing/teams";
import { acceptTransfer, offerTransfer } from "@/lib/transfers/mutations";
import { findTransfer } from "@/lib/transfers/queries";
import { deleteCredential } from "./mutations";

function aSource(db: Db, actor: Actor, credentialId: string): Promise<string> {
  const kind = aRepositorySource;
  return addEndpoint(db, actor, { ...kind, credentialId, name: "Nightly commits", description: "" });
}

function disable(db: Db, { userId }: Actor): Promise<unknown> {
  return db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId));
}

type Scene = { db: Db; owner: Actor; user: Actor; id: string };

async function scene(db: Db): Promise<Scene> {
  const [owner, user] = [await ownerOfCredentials(db), await somebody(db)];
  return { db, owner, user, id: await addCredential(db, owner, aCredential()) };
}

/** Ways in which the right of the owner of a use ends: each gives the right, has the use saved, and ends it. */
const endings: Record<string, (scene: Scene) => Promise<string>> = {
  "their grant is taken away": async ({ db, owner, user, id }) => {
    const grantId = await grantCredential(db, owner, id, { userId: user.userId }, "collaborator");
    const endpointId = await aSource(db, user, id);
    await revoke(db, owner, { kind: "credential", id, grantId });
    return endpointId;
  },
  "they give their grant up": async ({ db, owner, user, id }) => {
    const grantId = await grantCredential(db, owner, id, { userId: user.userId }, "administrator");
    const endpointId = await aSource(db, user, id);
    await leave(db, user, { kind: "credential", id, grantId });
    return endpointId;
  },
  "they leave the team that had it": async ({ db, owner, user, id }) => {
    const teamId = await aTeamOf(db, owner, user);
    await grantCredential(db, owner, id, { teamId }, "collaborator");
    const endpointId = await aSource(db, user, id);
    await leaveTeam(db, user, teamId);
    return endpointId;
  },
  "they are removed from that team": async ({ db, owner, user, id }) => {
    const teamId = await aTeamOf(db, owner, user);
    await grantCredential(db, owner, id, { teamId }, "collaborator");
    const endpointId = await aSource(db, user, id);
    await removeMember(db, owner, { teamId, userId: user.userId });
    return endpointId;
  },
  "what that team had ends, and then the team": async ({ db, owner, user, id }) => {
    const teamId = await aTeamOf(db, owner, user);
    const grantId = await grantCredential(db, owner, id, { teamId }, "collaborator");
    const endpointId = await aSource(db, user, id);
    await revoke(db, owner, { kind: "credential", id, grantId });
    await deleteTeam(db, owner, teamId);
    return endpointId;
  },
  "their account was disabled, and their grant taken away as well": async ({ db, owner, user, id }) => {
    const grantId = await grantCredential(db, owner, id, { userId: user.userId }, "collaborator");
    const endpointId = await aSource(db, user, id);
    await disable(db, user);
    await revoke(db, owner, { kind: "credential", id, grantId });
    return endpointId;
  },
};

describe("a use that stopped because its owner's right ended", () => {
  it.each(Object.entries(endings))("does not block the deletion: %s", (_, end) =>
    withRollback(async (db) => {
      const given = await scene(db);
      const { owner, id } = given;
      const endpointId = await end(given);
      expect(await getCredentialUses(db, owner, id)).toMatchObject({ total: 0, stopped: 1, hidden: [] });
      expect(await deleteCredential(db, owner, id)).toBeNull();
      const [row] = await db.select().from(endpoints).where(eq(endpoints.id, endpointId));
      expect(row).toMatchObject({ id: endpointId, credentialId: null });
      const told = await db.select().from(auditEvents).where(eq(auditEvents.subjectId, endpointId));
      expect(told.at(-1)).toMatchObject({
        event: "flow.credential-deleted",
        actorId: owner.userId,
        details: { direction: "source", name: "Nightly commits", credentialId: id },
      });
    }),
  );

  it("blocks neither the new owner of a credential whose former owner's right was taken away", () =>
    withRollback(async (db) => {
      const { owner, user, id } = await scene(db);
      await aSource(db, owner, id);
      await offerTransfer(db, owner, { credentialId: id, toUserId: user.userId });
      const offer = await findTransfer(db, user, id);
      const transferId = offer?.side === "recipient" ? offer.transferId : "";
      await acceptTransfer(db, user, { credentialId: id, transferId, name: "Taken over" });
      expect(await deleteCredential(db, user, id)).toMatchObject({ total: 1 });
      const [grant] = await db
        .select()
        .from(credentialGrants)
        .where(and(eq(credentialGrants.userId, owner.userId), isNull(credentialGrants.endedAt)));
      await revoke(db, user, { kind: "credential", id, grantId: grant?.id ?? "" });
      expect(await deleteCredential(db, user, id)).toBeNull();
    }));

  it("shows that its credential was deleted, and runs again with another one", () =>
    withRollback(async (db) => {
      const given = await scene(db);
      const { owner, user, id } = given;
      const endpointId = await endings["their grant is taken away"]?.(given);
      if (!endpointId) throw new Error("there is no use");
      const operator = await somebody(db);
      await grantEndpoint(db, user, endpointId, { userId: operator.userId }, "operator");
      expect(await findEndpoint(db, user, "source", endpointId)).toMatchObject({
        stopped: "credential-lost",
      });
      await deleteCredential(db, owner, id);
      for (const reader of [user, operator]) {
        expect(await findEndpoint(db, reader, "source", endpointId)).toMatchObject({
          stopped: "credential-deleted",
          credential: null,
        });
      }
      const own = await addCredential(db, user, aCredential({ name: "Own" }));
      const form = await findEndpointToEdit(db, user, "source", endpointId);
      expect(form?.choices.map((choice) => choice.id)).toEqual([own]);
      const edit = { endpointId, version: 1, name: "Renamed", description: "" };
      expect(await editEndpoint(db, user, { ...edit, credentialId: null })).toMatchObject({ saved: true });
      await editEndpoint(db, user, { ...edit, version: 2, credentialId: own });
      expect(await findEndpoint(db, user, "source", endpointId)).toMatchObject({
        stopped: null,
        credential: { id: own },
      });
    }));

  it("can be deleted by its owner afterwards", () =>
    withRollback(async (db) => {
      const given = await scene(db);
      const endpointId = await endings["they leave the team that had it"]?.(given);
      if (!endpointId) throw new Error("there is no use");
      await deleteCredential(db, given.owner, given.id);
      await expect(deleteEndpoint(db, given.user, endpointId)).resolves.toMatchObject({
        direction: "source",
      });
    }));
});

describe("a use that has its right still", () => {
  it("blocks, also while its owner's account is disabled, and the answer says whose it is", () =>
    withRollback(async (db) => {
      const { owner, user, id } = await scene(db);
      await grantCredential(db, owner, id, { userId: user.userId }, "collaborator");
      const endpointId = await aSource(db, user, id);
      for (const ownerIsDisabled of [false, true]) {
        if (ownerIsDisabled) await disable(db, user);
        const uses = await deleteCredential(db, owner, id);
        expect(uses).toEqual({
          shown: [],
          visible: 0,
          total: 1,
          hidden: [{ ownerName: user.name, ownerIsDisabled, count: 1 }],
          stopped: 0,
        });
        expect(JSON.stringify(uses)).not.toContain(endpointId);
      }
    }));

  it("still blocks through another access path than the ended one", () =>
    withRollback(async (db) => {
      const given = await scene(db);
      const { owner, user, id } = given;
      const teamId = await aTeamOf(db, owner, user);
      await grantCredential(db, owner, id, { teamId }, "collaborator");
      await endings["their grant is taken away"]?.(given);
      expect(await deleteCredential(db, owner, id)).toMatchObject({ total: 1, stopped: 0 });
    }));
});
