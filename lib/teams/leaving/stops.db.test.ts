import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { messages, teamMembers, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { compareNames } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { listEndpoints } from "@/lib/endpoints/queries";
import { isStillTold } from "@/lib/notifications/sending/still-told";
import { addMember, leaveTeam, removeMember } from "@/lib/teams/mutations";
import { listLeaveStops, listLosses } from "@/lib/teams/queries";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { aWritingDestination } from "@/lib/testing/destinations";
import { newsOf } from "@/lib/testing/messages";
import { grantCredential, grantEndpoint } from "@/lib/testing/sharing";
import { aRepositorySource } from "@/lib/testing/sources";
import { eventsOf } from "@/lib/testing/team-scene";
import { aTeamOf, rolesIn } from "@/lib/testing/teams";
import { undoLeaveTeam, undoRemoveMember } from "./mutations";

/**
 * A team with access to a credential and a source of its lender. Bea has two sources through it, and a destination with
 * a credential of her own that writes the lender's records. Cem has a source through it and another way to it.
 */
async function aPortal(db: Db) {
  const lender = await ownerOfCredentials(db);
  const [owner, bea, cem] = [await somebody(db), await somebody(db), await somebody(db)];
  const teamId = await aTeamOf(db, owner, bea, cem);
  const lent = await addCredential(db, lender, aCredential({ name: "Lent" }));
  const own = await addCredential(db, bea, aCredential({ name: "Own" }));
  await grantCredential(db, lender, lent, { teamId }, "collaborator");
  await grantCredential(db, lender, lent, { userId: cem.userId }, "collaborator");
  const add = (user: Actor, credentialId: string, name: string) =>
    addEndpoint(db, user, { ...aRepositorySource, credentialId, name, description: "" });
  const records = await add(lender, lent, "Records");
  await grantEndpoint(db, lender, records, { teamId }, "collaborator");
  const first = await add(bea, lent, "First");
  await add(bea, lent, "Second");
  await add(bea, own, "Own");
  await add(cem, lent, "Cem's");
  const from = { sourceId: records };
  await aWritingDestination(db, bea, from, { credentialId: own });
  const countStopped = async (user: Actor) =>
    (await listEndpoints(db, user, "source", null)).items.filter(({ stopped }) => stopped).length;
  return { lender, owner, bea, cem, teamId, first, countStopped };
}

const stays = (db: Db, teamId: string, { userId }: Actor) =>
  db
    .select()
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)));

describe("what the end of a membership stops", () => {
  it("is what then is stopped, of members without another way, and destinations that lose their records", () =>
    withRollback(async (db) => {
      const { owner, bea, cem, teamId, countStopped } = await aPortal(db);
      const stops = await listLeaveStops(db, owner, teamId);
      expect([...stops]).toEqual([[bea.userId, { sources: 2, destinations: 1, users: 1, shown: [] }]]);
      await removeMember(db, owner, { teamId, userId: bea.userId, stopsSeen: 3 });
      await leaveTeam(db, cem, teamId, 0);
      expect([await countStopped(bea), await countStopped(cem)]).toEqual([2, 0]);
    }));

  it("is told of all members to those who may remove them, to others of themselves alone", () =>
    withRollback(async (db) => {
      const { owner, bea, cem, teamId, first } = await aPortal(db);
      await grantEndpoint(db, bea, first, { userId: owner.userId }, "collaborator");
      expect((await listLeaveStops(db, owner, teamId)).get(bea.userId)?.shown).toEqual([
        { id: first, direction: "source", name: "First" },
      ]);
      expect((await listLeaveStops(db, bea, teamId)).get(bea.userId)?.shown).toHaveLength(3);
      expect((await listLeaveStops(db, cem, teamId)).size).toBe(0);
      expect((await listLeaveStops(db, await somebody(db), teamId)).size).toBe(0);
      expect((await listLeaveStops(db, await somebody(db, "administrator"), teamId)).size).toBe(1);
    }));

  it("is not stopped by a press that was told of less, and nothing changes then", () =>
    withRollback(async (db) => {
      const { owner, bea, teamId, countStopped } = await aPortal(db);
      const member = { teamId, userId: bea.userId };
      for (const stopsSeen of [0, 2]) {
        const isRefused = { code: "CONFLICT" };
        await expect(removeMember(db, owner, { ...member, stopsSeen })).rejects.toMatchObject(isRefused);
        await expect(leaveTeam(db, bea, teamId, stopsSeen)).rejects.toMatchObject(isRefused);
      }
      expect(await countStopped(bea)).toBe(0);
      await leaveTeam(db, bea, teamId, 3);
      expect(await countStopped(bea)).toBe(2);
    }));
});

describe("what members lose with their team", () => {
  it("is what no other way leads to, with the members whom it concerns, for those who may delete it", () =>
    withRollback(async (db) => {
      const { lender, owner, bea, cem, teamId } = await aPortal(db);
      const [loss, ...more] = await listLosses(db, owner, teamId);
      // Cem has another way to it.
      const names = [owner.name, bea.name].toSorted(compareNames);
      expect(loss).toMatchObject({ name: "Lent", members: 2, memberNames: names });
      expect(more).toEqual([]);
      const administrator = await somebody(db, "administrator");
      expect(await listLosses(db, administrator, teamId)).toMatchObject([{ name: null, members: 2 }]);
      for (const reader of [bea, cem, lender]) expect(await listLosses(db, reader, teamId)).toEqual([]);
      await removeMember(db, owner, { teamId, userId: bea.userId });
      expect(await listLosses(db, owner, teamId)).toMatchObject([{ members: 1, memberNames: [owner.name] }]);
    }));
});

describe("a removed member", () => {
  it("is told once, and again if it is undone; who leaves by themselves is told nothing", () =>
    withRollback(async (db) => {
      const { owner, bea, cem, teamId } = await aPortal(db);
      const [team] = await db.select({ name: teams.name }).from(teams).where(eq(teams.id, teamId));
      await removeMember(db, owner, { teamId, userId: bea.userId });
      const of = { item: "team", teamId, name: team?.name, by: owner.name, team: null };
      expect(await newsOf(db, bea)).toEqual([{ kind: "unshared", ...of }]);
      await undoRemoveMember(db, owner, { teamId, userId: bea.userId });
      expect(await newsOf(db, bea)).toEqual([
        { kind: "unshared", ...of },
        { kind: "shared", role: "member", ...of },
      ]);
      for (const message of await db.select().from(messages).where(eq(messages.userId, bea.userId))) {
        const isTold = await db.transaction((tx) => isStillTold(tx, bea, message));
        expect(isTold, "by mail only what is still so").toBe(message.news.kind === "shared");
      }
      await leaveTeam(db, cem, teamId);
      expect(await newsOf(db, cem)).toEqual([]);
    }));

  it("comes back exactly by an undo of the user who removed them, and of nobody else", () =>
    withRollback(async (db) => {
      const { owner, bea, cem, teamId, countStopped } = await aPortal(db);
      await db.update(teamMembers).set({ role: "owner" }).where(eq(teamMembers.userId, bea.userId));
      const before = await stays(db, teamId, bea);
      const member = { teamId, userId: bea.userId };
      const administrator = await somebody(db, "administrator");
      await removeMember(db, owner, member);
      await expect(undoRemoveMember(db, cem, member)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      await expect(undoRemoveMember(db, bea, member)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(undoLeaveTeam(db, bea, teamId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      // Else an administrator could let users in without an owner's word.
      await expect(undoRemoveMember(db, administrator, member)).rejects.toMatchObject({ code: "CONFLICT" });
      await undoRemoveMember(db, owner, member);
      expect(await stays(db, teamId, bea)).toEqual(before);
      expect(await countStopped(bea)).toBe(0);
      expect((await eventsOf(db, teamId)).slice(-2)).toEqual(["team.member-removed", "team.member-restored"]);
      await expect(undoRemoveMember(db, owner, member)).rejects.toMatchObject({ code: "CONFLICT" });
    }));

  it("does not come back after a minute, or once they left by themselves", () =>
    withRollback(async (db) => {
      const { owner, bea, teamId } = await aPortal(db);
      const member = { teamId, userId: bea.userId };
      await removeMember(db, owner, member);
      await db
        .update(teamMembers)
        .set({ endedAt: sql`now() - interval '61 seconds'` })
        .where(eq(teamMembers.userId, bea.userId));
      await expect(undoRemoveMember(db, owner, member)).rejects.toMatchObject({ code: "CONFLICT" });
      await addMember(db, owner, { teamId, email: bea.email });
      await leaveTeam(db, bea, teamId);
      await expect(undoRemoveMember(db, owner, member)).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await rolesIn(db, teamId)).not.toHaveProperty(bea.userId);
    }));
});

describe("who left a team", () => {
  it("comes back exactly by an undo within a minute, and not into a team that is gone", () =>
    withRollback(async (db) => {
      const { bea, cem, teamId } = await aPortal(db);
      const before = await stays(db, teamId, bea);
      await leaveTeam(db, bea, teamId);
      await expect(undoLeaveTeam(db, cem, teamId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await undoLeaveTeam(db, bea, teamId);
      expect(await stays(db, teamId, bea)).toEqual(before);
      await expect(undoLeaveTeam(db, bea, teamId)).rejects.toMatchObject({ code: "CONFLICT" });
      await leaveTeam(db, bea, teamId);
      await db.update(teams).set({ deletedAt: new Date() }).where(eq(teams.id, teamId));
      await expect(undoLeaveTeam(db, bea, teamId)).rejects.toMatchObject({ code: "CONFLICT" });
    }));
});
