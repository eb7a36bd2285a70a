import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, teamMembers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { aTeamOf, rolesIn, teamUsers } from "@/lib/testing/teams";
import {
  addMember,
  addTeam,
  changeMemberRole,
  deleteTeam,
  editTeam,
  leaveTeam,
  removeMember,
} from "./mutations";
import { findTeam, listAllTeams, listMembers, listOwnTeams, listTeamNames } from "./queries";

async function eventsOf(db: Db, teamId: string) {
  const rows = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subjectId, teamId))
    .orderBy(auditEvents.id);
  return rows.map(({ event, actorId, details }) => ({ event, actorId, details }));
}

const description = "";

describe("a team", () => {
  it("has its maker as its one owner, and is seen by its members and portal administrators only", () =>
    withRollback(async (db) => {
      const { owner, member, outsider, administrator } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner, member);
      expect(await findTeam(db, owner, teamId)).toMatchObject({ role: "owner", memberCount: 2 });
      expect(await findTeam(db, member, teamId)).toMatchObject({ role: "member" });
      expect(await findTeam(db, administrator, teamId)).toMatchObject({
        role: null,
        standings: ["administrator"],
      });
      for (const id of [teamId, randomUUID(), "not-an-id"])
        expect(await findTeam(db, outsider, id)).toBeNull();
      expect(await listMembers(db, outsider, teamId)).toEqual([]);
      expect((await listMembers(db, member, teamId)).map(({ role, isReader }) => [role, isReader])).toEqual([
        ["owner", false],
        ["member", true],
      ]);
    }));

  it("is in the list of those who are in it, and in the administrators' list of all", () =>
    withRollback(async (db) => {
      const { owner, outsider, administrator } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner);
      const idsFor = async (actor: Actor) => (await listOwnTeams(db, actor)).map(({ id }) => id);
      expect(await idsFor(owner)).toEqual([teamId]);
      expect(await idsFor(outsider)).toEqual([]);
      expect(await idsFor(administrator)).toEqual([]);
      const all = await listAllTeams(db, administrator, { text: "TEAM", start: null });
      expect(all.items.map(({ id }) => id)).toEqual([teamId]);
      expect(await listTeamNames(db, administrator)).toHaveLength(1);
      for (const list of [listAllTeams(db, owner, { text: "", start: null }), listTeamNames(db, owner)]) {
        await expect(list).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
    }));

  it("cannot take the name of an existing team, ignoring case, and shows an error at the field", () =>
    withRollback(async (db) => {
      const { owner, outsider } = await teamUsers(db);
      const first = await addTeam(db, owner, { name: "Ledger", description });
      await addTeam(db, owner, { name: "Other", description });
      const refusal = { code: "CONFLICT", fieldErrors: { name: expect.stringContaining("already") } };
      await expect(addTeam(db, outsider, { name: "LEDGER", description })).rejects.toMatchObject(refusal);
      await deleteTeam(db, owner, first);
      await expect(addTeam(db, outsider, { name: "LEDGER", description })).resolves.toEqual(
        expect.any(String),
      );
    }));

  it("is edited from the version that was read, or not at all", () =>
    withRollback(async (db) => {
      const { owner } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner);
      await editTeam(db, owner, { teamId, name: "New name", description: "What for", version: 1 });
      const late = editTeam(db, owner, { teamId, name: "Too late", description, version: 1 });
      await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
      expect(await findTeam(db, owner, teamId)).toMatchObject({
        name: "New name",
        description: "What for",
        version: 2,
      });
    }));

  it("has all its changes in the audit log", () =>
    withRollback(async (db) => {
      const { owner, member } = await teamUsers(db);
      const teamId = await addTeam(db, owner, { name: "Ledger", description });
      await addMember(db, owner, { teamId, email: member.email });
      await changeMemberRole(db, owner, { teamId, userId: member.userId, role: "owner" });
      await editTeam(db, member, { teamId, name: "Accounts", description, version: 1 });
      await leaveTeam(db, owner, teamId);
      await addMember(db, member, { teamId, email: owner.email });
      await removeMember(db, member, { teamId, userId: owner.userId });
      await deleteTeam(db, member, teamId);
      const [from, to] = [owner.userId, member.userId];
      expect(await eventsOf(db, teamId)).toEqual([
        { event: "team.added", actorId: from, details: { name: "Ledger" } },
        {
          event: "team.member-added",
          actorId: from,
          details: { userId: to, role: "member", invitationId: null },
        },
        { event: "team.role-changed", actorId: from, details: { userId: to, role: "owner" } },
        { event: "team.edited", actorId: to, details: { name: "Accounts" } },
        { event: "team.member-left", actorId: from, details: { userId: from } },
        {
          event: "team.member-added",
          actorId: to,
          details: { userId: from, role: "member", invitationId: null },
        },
        { event: "team.member-removed", actorId: to, details: { userId: from } },
        { event: "team.deleted", actorId: to, details: { name: "Accounts" } },
      ]);
    }));
});

describe("members", () => {
  it("are added by the email of an enabled account, once", () =>
    withRollback(async (db) => {
      const { owner, member, outsider } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner, member);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, outsider.userId));
      for (const [email, message] of [
        ["nobody@example.com", /Nobody here/],
        [outsider.email, /Nobody here/],
        [member.email, /already/],
      ] as const) {
        await expect(addMember(db, owner, { teamId, email })).rejects.toMatchObject({
          fieldErrors: { email: expect.stringMatching(message) },
        });
      }
      expect(Object.values(await rolesIn(db, teamId)).sort()).toEqual(["member", "owner"]);
    }));

  it("who left or were removed are in it no more, can come back, and their earlier stay is still known", () =>
    withRollback(async (db) => {
      const { owner, member } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner, member);
      await leaveTeam(db, member, teamId);
      expect(await findTeam(db, member, teamId)).toBeNull();
      await addMember(db, owner, { teamId, email: member.email });
      await removeMember(db, owner, { teamId, userId: member.userId });
      expect(await findTeam(db, member, teamId)).toBeNull();
      expect(await db.$count(teamMembers, eq(teamMembers.userId, member.userId))).toBe(2);
      const again = removeMember(db, owner, { teamId, userId: member.userId });
      await expect(again).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(leaveTeam(db, member, teamId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));

  it("always have an owner who can act: the last one cannot leave, be removed or be made a member", () =>
    withRollback(async (db) => {
      const { owner, member, administrator } = await teamUsers(db);
      const teamId = await aTeamOf(db, owner, member);
      const { userId } = owner;
      const refusal = { code: "CONFLICT", message: expect.stringContaining("needs an owner") };
      const attempts = () => [
        () => leaveTeam(db, owner, teamId),
        () => removeMember(db, administrator, { teamId, userId }),
        () => changeMemberRole(db, owner, { teamId, userId, role: "member" }),
      ];
      for (const attempt of attempts()) await expect(attempt()).rejects.toMatchObject(refusal);
      await changeMemberRole(db, owner, { teamId, userId: member.userId, role: "owner" });
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, member.userId));
      for (const attempt of attempts()) await expect(attempt()).rejects.toMatchObject(refusal);
      await db.update(users).set({ disabledAt: null }).where(eq(users.id, member.userId));
      await leaveTeam(db, owner, teamId);
      expect(await rolesIn(db, teamId)).toEqual({ [member.userId]: "owner" });
    }));

  it.each(["leave", "make each other members"])(
    "two owners who %s at the same moment leave one",
    async (what) => {
      const db = await ownDatabase();
      for (let round = 0; round < 5; round += 1) {
        const [one, two] = [await somebody(db), await somebody(db)];
        const teamId = await aTeamOf(db, one, two);
        await changeMemberRole(db, one, { teamId, userId: two.userId, role: "owner" });
        const go = (actor: Actor, other: Actor) =>
          what === "leave"
            ? leaveTeam(db, actor, teamId)
            : changeMemberRole(db, actor, { teamId, userId: other.userId, role: "member" });
        const outcomes = await Promise.allSettled([go(one, two), go(two, one)]);
        expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
        expect(Object.values(await rolesIn(db, teamId)).filter((role) => role === "owner")).toHaveLength(1);
      }
    },
  );
});
