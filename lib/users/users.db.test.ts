import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, sessions, teams, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { parseStart } from "@/lib/paging";
import { actorOf, somebody } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { changeRole, disableUser, enableUser, signOutEverywhere } from "./mutations";
import { findUser, listUsers, searchUsersAndTeams, usersPerPage } from "./queries";

type Verb = (db: Db, actor: Actor, userId: string) => Promise<unknown>;

const verbs: Record<string, Verb> = {
  disableUser,
  enableUser,
  signOutEverywhere,
  promote: (db, actor, userId) => changeRole(db, actor, { userId, role: "administrator" }),
  demote: (db, actor, userId) => changeRole(db, actor, { userId, role: "member" }),
};

async function rowOf(db: Db, { userId }: Actor) {
  const [row] = await db.select().from(users).where(eq(users.id, userId));
  if (!row) throw new Error("there is no such user");
  return row;
}

async function eventsOf(db: Db, { requestId }: Actor) {
  const rows = await db.select().from(auditEvents).where(eq(auditEvents.requestId, requestId));
  return rows.map(({ event, subjectId, details }) => ({ event, subjectId, details }));
}

describe("administering users", () => {
  it("disables: sessions end, a new one cannot live, and enabling brings none of them back", () =>
    withRollback(async (db) => {
      const [administrator, user] = [await somebody(db, "administrator"), await somebody(db)];
      const token = await openSession(db, user.userId);
      expect(await disableUser(db, administrator, user.userId)).toBe(2);
      expect(await findLiveSession(db, token)).toBeNull();
      expect(await findLiveSession(db, await openSession(db, user.userId))).toBeNull();
      await db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.userId, user.userId));
      await enableUser(db, administrator, user.userId);
      expect(await findLiveSession(db, token)).toBeNull();
      expect(await findLiveSession(db, await openSession(db, user.userId))).not.toBeNull();
      expect(await eventsOf(db, administrator)).toEqual([
        { event: "user.disabled", subjectId: user.userId, details: { endedSessions: 2 } },
        { event: "user.enabled", subjectId: user.userId, details: {} },
      ]);
    }));

  it("changes the role, which ends the sessions that had the old one", () =>
    withRollback(async (db) => {
      const [administrator, user] = [await somebody(db, "administrator"), await somebody(db)];
      for (const role of ["administrator", "member"] as const) {
        const token = await openSession(db, user.userId);
        await changeRole(db, administrator, { userId: user.userId, role });
        expect(await findLiveSession(db, token)).toBeNull();
        expect((await rowOf(db, user)).role).toBe(role);
      }
      expect(await eventsOf(db, administrator)).toMatchObject([
        { event: "user.role-changed", details: { role: "administrator", endedSessions: 2 } },
        { event: "user.role-changed", details: { role: "member", endedSessions: 1 } },
      ]);
    }));

  it("signs a user out everywhere, and only them", () =>
    withRollback(async (db) => {
      const [administrator, user] = [await somebody(db, "administrator"), await somebody(db)];
      const token = await openSession(db, user.userId);
      const own = await openSession(db, administrator.userId);
      expect(await signOutEverywhere(db, administrator, user.userId)).toBe(2);
      expect(await findLiveSession(db, token)).toBeNull();
      expect(await findLiveSession(db, own)).not.toBeNull();
      expect(await eventsOf(db, administrator)).toMatchObject([
        { event: "user.sessions-ended", details: { which: "all", endedSessions: 2 } },
      ]);
    }));

  it.each(Object.entries(verbs))(
    "%s is not found by a member, whether the account exists or not",
    (_name, verb) =>
      withRollback(async (db) => {
        const [member, other] = [await somebody(db), await somebody(db)];
        for (const id of [other.userId, member.userId, randomUUID()]) {
          await expect(verb(db, member, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
        }
        expect(await rowOf(db, other)).toMatchObject({ role: "member", disabledAt: null });
        expect(await eventsOf(db, member)).toEqual([]);
      }),
  );

  it.each(Object.entries(verbs))(
    "%s is not found by an administrator who was demoted or disabled meanwhile",
    (_name, verb) =>
      withRollback(async (db) => {
        const user = await somebody(db);
        for (const change of [{ role: "member" } as const, { disabledAt: new Date() }]) {
          const late = await somebody(db, "administrator");
          await db.update(users).set(change).where(eq(users.id, late.userId));
          await expect(verb(db, late, user.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
        }
      }),
  );

  it.each(Object.entries(verbs))(
    "%s is refused for oneself, so that the last administrator stays",
    (_name, verb) =>
      withRollback(async (db) => {
        const administrator = await somebody(db, "administrator");
        await expect(verb(db, administrator, administrator.userId)).rejects.toMatchObject({
          code: "NOT_ALLOWED",
        });
        expect(await rowOf(db, administrator)).toMatchObject({ role: "administrator", disabledAt: null });
        await expect(verb(db, administrator, randomUUID())).rejects.toMatchObject({ code: "NOT_FOUND" });
      }),
  );

  it.each([
    [
      "disabling a disabled one",
      async (db: Db, actor: Actor, id: string) => {
        await disableUser(db, actor, id);
        await disableUser(db, actor, id);
      },
    ],
    ["enabling an enabled one", enableUser],
    ["giving the role that is there", verbs.demote ?? enableUser],
  ])("tells that the page was old: %s", (_what, change) =>
    withRollback(async (db) => {
      const [administrator, user] = [await somebody(db, "administrator"), await somebody(db)];
      await expect(change(db, administrator, user.userId)).rejects.toMatchObject({ code: "CONFLICT" });
    }),
  );

  it.each([
    ["demote", verbs.demote],
    ["disable", disableUser],
  ])("two administrators who %s each other at the same moment leave one", async (_what, verb) => {
    const db = await ownDatabase();
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await somebody(db, "administrator"), await somebody(db, "administrator")];
      const outcomes = await Promise.allSettled([verb?.(db, one, two.userId), verb?.(db, two, one.userId)]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      const stillThere = [await rowOf(db, one), await rowOf(db, two)].filter(
        ({ role, disabledAt }) => role === "administrator" && !disabledAt,
      );
      expect(stillThere).toHaveLength(1);
    }
  });
});

describe("the list of users", () => {
  it("shows name, email, role, state, last visit, and the number of active sessions", () =>
    withRollback(async (db) => {
      const [administrator, user] = [await somebody(db, "administrator"), await somebody(db)];
      const seenAt = new Date();
      await openSession(db, user.userId, { now: seenAt });
      await openSession(db, user.userId, { now: new Date(seenAt.getTime() - 60 * 60_000) });
      expect(await findUser(db, administrator, user.userId)).toMatchObject({
        name: user.name,
        email: user.email,
        role: "member",
        disabledAt: null,
        lastSeenAt: seenAt.toISOString(),
        sessions: 2,
      });
      await disableUser(db, administrator, user.userId);
      expect(await findUser(db, administrator, user.userId)).toMatchObject({
        disabledAt: expect.any(String),
        sessions: 0,
      });
    }));

  it("is paged without a gap or a repetition, and is searched in names and emails, without wildcards", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      const many = Array.from({ length: usersPerPage + 5 }, (_, n) => ({
        name: n === 7 ? "100%_Robin" : `Person ${n}`,
        email: `n${n}@paged.example.com`,
        passwordHash: "none",
        role: "member" as const,
      }));
      await db.insert(users).values(many);
      const search = (text: string, after: string | undefined = undefined) =>
        listUsers(db, administrator, { text, start: parseStart({ after }) });
      const first = await search("@PAGED.");
      const second = await search("@PAGED.", first.next ?? undefined);
      expect(first.items).toHaveLength(usersPerPage);
      expect(second.next).toBeNull();
      expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(many.length);
      expect((await search("%_")).items.map(({ name }) => name)).toEqual(["100%_Robin"]);
      expect((await search("nobody like that")).items).toEqual([]);
    }));

  it("and each account in it does not exist for a member", () =>
    withRollback(async (db) => {
      const member = await somebody(db);
      await expect(listUsers(db, member, { text: "", start: null })).rejects.toMatchObject({
        code: "NOT_FOUND",
      });
      await expect(findUser(db, member, member.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));

  it("finds no user for an absent or malformed id", () =>
    withRollback(async (db) => {
      const administrator = await somebody(db, "administrator");
      for (const id of [randomUUID(), "not-an-id", ""]) {
        expect(await findUser(db, administrator, id)).toBeNull();
      }
    }));
});

describe("the directory", () => {
  it("finds users by name and email and teams by name, those that begin with the text first", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      await db.insert(users).values([
        { name: "Zora Ledger", email: "zora@example.com", passwordHash: "none", role: "member" },
        { name: "Kim", email: "ledger@example.com", passwordHash: "none", role: "member" },
      ]);
      await db.insert(teams).values([{ name: "Ledger team" }, { name: "Old ledger", deletedAt: new Date() }]);
      expect(await searchUsersAndTeams(db, actor, " LEDGER ")).toMatchObject([
        { kind: "person", name: "Kim", email: "ledger@example.com" },
        { kind: "team", name: "Ledger team" },
        { kind: "person", name: "Zora Ledger", email: "zora@example.com" },
      ]);
    }));

  it("never returns disabled users, deleted teams, the actor, more than eight, or anything for an empty text", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const hidden = await somebody(db);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, hidden.userId));
      expect(await searchUsersAndTeams(db, actor, hidden.email)).toEqual([]);
      expect(await searchUsersAndTeams(db, actor, actor.email)).toEqual([]);
      for (let n = 0; n < 10; n += 1) await somebody(db);
      expect(await searchUsersAndTeams(db, actor, "example.com")).toHaveLength(8);
      for (const text of ["", "   ", "\u0000", "%", "_"]) {
        expect(await searchUsersAndTeams(db, actor, text)).toEqual([]);
      }
    }));
});

describe("an actor", () => {
  it("of a demoted administrator ends at the next request", () =>
    withRollback(async (db) => {
      const [one, two] = [await somebody(db, "administrator"), await somebody(db, "administrator")];
      const token = await openSession(db, two.userId);
      expect((await actorOf(db, token)).isAdministrator).toBe(true);
      await changeRole(db, one, { userId: two.userId, role: "member" });
      await expect(actorOf(db, token)).rejects.toThrow("not live");
    }));
});
