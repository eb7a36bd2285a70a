import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { credentialGrants, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { compareNames } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { listEndpoints } from "@/lib/endpoints/queries";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aTeam, grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { leave, revoke, undoRevoke } from "./mutations";
import { findAccess } from "./queries";

/** A credential that two users use: Bea by a grant of her own, Cem by a team, and Bea is in the team later. */
async function aPortal(db: Db) {
  const owner = await ownerOfCredentials(db);
  const [bea, cem] = [await somebody(db), await somebody(db)];
  const teamId = await aTeam(db, cem);
  const credentialId = await addCredential(db, owner, aCredential({ name: "Fernwood" }));
  const toBea = await grantCredential(db, owner, credentialId, { userId: bea.userId }, "collaborator");
  const toTeam = await grantCredential(db, owner, credentialId, { teamId }, "collaborator");
  for (const [user, count] of [
    [owner, 1],
    [bea, 2],
    [cem, 1],
  ] as const) {
    for (let n = 0; n < count; n += 1) {
      const source = { ...aRepositorySource, credentialId, name: `Source ${n}`, description: "" };
      await addEndpoint(db, user, source);
    }
  }
  const stopsOf = async (reader: Actor) => {
    const access = await findAccess(db, reader, { kind: "credential", id: credentialId });
    return new Map(access?.grants.map(({ id, stops }) => [id, stops]));
  };
  const countStopped = async (user: Actor) =>
    (await listEndpoints(db, user, "source", null)).items.filter(({ stopped }) => stopped).length;
  return { owner, bea, cem, teamId, credentialId, toBea, toTeam, stopsOf, countStopped };
}

describe("what the end of a grant stops", () => {
  it("is what then is stopped: sources of users who have no other way to the credential", () =>
    withRollback(async (db) => {
      const { owner, bea, cem, teamId, credentialId, toBea, toTeam, stopsOf, countStopped } =
        await aPortal(db);
      expect(await stopsOf(owner)).toEqual(
        new Map([
          [toBea, { sources: 2, destinations: 0, users: 1, shown: [] }],
          [toTeam, { sources: 1, destinations: 0, users: 1, shown: [] }],
        ]),
      );
      // Through the team she has a second way, so neither grant alone stops her sources.
      await db.insert(teamMembers).values({ teamId, userId: bea.userId, role: "member" });
      expect((await stopsOf(owner)).get(toBea)).toBeNull();
      expect((await stopsOf(owner)).get(toTeam)).toEqual({
        sources: 1,
        destinations: 0,
        users: 1,
        shown: [],
      });
      await revoke(db, owner, { kind: "credential", id: credentialId, grantId: toBea });
      expect(await countStopped(bea)).toBe(0);
      expect((await stopsOf(owner)).get(toTeam)).toEqual({
        sources: 3,
        destinations: 0,
        users: 2,
        shown: [],
      });
      await revoke(db, owner, { kind: "credential", id: credentialId, grantId: toTeam });
      expect([await countStopped(bea), await countStopped(cem), await countStopped(owner)]).toEqual([
        2, 1, 0,
      ]);
    }));

  it("is named as far as the reader sees it, a handful by name, and counted as a whole", () =>
    withRollback(async (db) => {
      const { owner, bea, credentialId, toBea, toTeam, stopsOf } = await aPortal(db);
      const reader = await somebody(db);
      await grantCredential(db, owner, credentialId, { userId: reader.userId }, "administrator");
      const add = (name: string) =>
        addEndpoint(db, bea, { ...aRepositorySource, credentialId, name, description: "" });
      const shared: { id: string; direction: string; name: string }[] = [];
      for (const name of ["F", "b", "C", "a", "E", "D"]) {
        const id = await add(name);
        await grantEndpoint(db, bea, id, { userId: reader.userId }, "collaborator");
        shared.push({ id, direction: "source", name });
      }
      const named = shared.toSorted((one, other) => compareNames(one.name, other.name)).slice(0, 5);
      expect((await stopsOf(reader)).get(toBea)).toEqual({
        ...{ sources: 8, destinations: 0, users: 1 },
        shown: named,
      });
      expect((await stopsOf(reader)).get(toTeam)?.shown).toEqual([]);
      // The owner of the credential sees none of them.
      expect((await stopsOf(owner)).get(toBea)).toMatchObject({ sources: 8, shown: [] });
    }));

  it("is not stopped by a press that was told of less, and nothing changes then", () =>
    withRollback(async (db) => {
      const { owner, bea, credentialId, toBea, countStopped } = await aPortal(db);
      const grant = { kind: "credential", id: credentialId, grantId: toBea } as const;
      for (const stopsSeen of [0, 1]) {
        await expect(revoke(db, owner, { ...grant, stopsSeen })).rejects.toMatchObject({ code: "CONFLICT" });
      }
      expect(await countStopped(bea)).toBe(0);
      await revoke(db, owner, { ...grant, stopsSeen: 2 });
      expect(await countStopped(bea)).toBe(2);
    }));

  it("stops no own source by a press of Leave that was told of less", () =>
    withRollback(async (db) => {
      const { bea, credentialId, toBea, countStopped } = await aPortal(db);
      const grant = { kind: "credential", id: credentialId, grantId: toBea } as const;
      await expect(leave(db, bea, { ...grant, stopsSeen: 1 })).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await countStopped(bea)).toBe(0);
      await leave(db, bea, { ...grant, stopsSeen: 2 });
      expect(await countStopped(bea)).toBe(2);
    }));

  it("comes back exactly by an undo of the user who ended it, and of nobody else, within a minute", () =>
    withRollback(async (db) => {
      const { owner, bea, credentialId, toBea, countStopped } = await aPortal(db);
      const grant = { kind: "credential", id: credentialId, grantId: toBea } as const;
      const rows = () => db.select().from(credentialGrants).where(eq(credentialGrants.id, toBea));
      const administrator = await somebody(db);
      await grantCredential(db, owner, credentialId, { userId: administrator.userId }, "administrator");
      const before = await rows();
      await revoke(db, owner, grant);
      await expect(undoRevoke(db, bea, grant)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(undoRevoke(db, administrator, grant)).rejects.toMatchObject({ code: "CONFLICT" });
      await undoRevoke(db, owner, grant);
      expect(await rows()).toEqual(before);
      expect(await countStopped(bea)).toBe(0);
      await expect(undoRevoke(db, owner, grant)).rejects.toMatchObject({ code: "CONFLICT" });

      await revoke(db, owner, grant);
      await db
        .update(credentialGrants)
        .set({ endedAt: sql`now() - interval '61 seconds'` })
        .where(eq(credentialGrants.id, toBea));
      await expect(undoRevoke(db, owner, grant)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("does not come back by an undo once the user has another grant", () =>
    withRollback(async (db) => {
      const { owner, bea, credentialId, toBea } = await aPortal(db);
      const grant = { kind: "credential", id: credentialId, grantId: toBea } as const;
      await revoke(db, owner, grant);
      await grantCredential(db, owner, credentialId, { userId: bea.userId }, "administrator");
      await expect(undoRevoke(db, owner, grant)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("does not count what has stopped already, as of a user whose account is disabled", () =>
    withRollback(async (db) => {
      const { owner, bea, toBea, toTeam, stopsOf } = await aPortal(db);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, bea.userId));
      expect((await stopsOf(owner)).get(toBea)).toBeNull();
      expect((await stopsOf(owner)).get(toTeam)).not.toBeNull();
    }));

  it("does not count former members of a team; who may not share is told of their own grant alone", () =>
    withRollback(async (db) => {
      const { owner, bea, cem, toBea, toTeam, stopsOf } = await aPortal(db);
      await db.update(teamMembers).set({ endedAt: new Date() }).where(eq(teamMembers.userId, cem.userId));
      expect((await stopsOf(owner)).get(toTeam)).toBeNull();
      const toldToBea = await stopsOf(bea);
      expect(toldToBea.get(toTeam)).toBeNull();
      expect(toldToBea.get(toBea)).toMatchObject({
        ...{ sources: 2, destinations: 0, users: 1 },
        shown: [{ name: "Source 0" }, { name: "Source 1" }],
      });
      expect((await stopsOf(owner)).get(toBea)).not.toBeNull();
    }));
});
