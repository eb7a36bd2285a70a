import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, passwordResets, users } from "@/drizzle/schema";
import { changePassword } from "@/lib/account/mutations";
import { signIn } from "@/lib/auth/mutations";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { listTeamHistory } from "@/lib/history/team-history";
import { listNotices } from "@/lib/notices/queries";
import { actorOf, addAccount, aVisitor, somebody } from "@/lib/testing/actors";
import { ownDatabaseOfTwo, withRollback } from "@/lib/testing/database";
import { aTeamOf } from "@/lib/testing/teams";
import { changeRole, disableUser, enableUser } from "@/lib/users/mutations";
import { makeReset, resetPassword, revokeReset } from "./mutations";
import { isResetLive, listOwnResets, listResetsOf } from "./queries";
import { resetPasswordSchema } from "./schema";

const email = "kim@example.com";
const oldPassword = "the old one, forgotten";
const newPassword = "a new one, well chosen";

async function scene(db: Db) {
  const administrator = await somebody(db, "administrator");
  const userId = await addAccount(db, { name: "Kim", email, password: oldPassword });
  return { administrator, userId, kim: await actorOf(db, await openSession(db, userId)) };
}

async function signsIn(db: Db, password: string): Promise<boolean> {
  return (await signIn(db, aVisitor(), { email, password })).ok;
}

describe("a password reset link", () => {
  it("sets a new password once, ends all sessions and signs nobody in", () =>
    withRollback(async (db) => {
      const { administrator, userId } = await scene(db);
      const session = await openSession(db, userId);
      const token = await makeReset(db, administrator, userId);
      expect(await isResetLive(db, aVisitor(), token)).toBe(true);
      await resetPassword(db, aVisitor(), { token, newPassword });
      expect(await findLiveSession(db, session)).toBeNull();
      expect(await signsIn(db, oldPassword)).toBe(false);
      expect(await signsIn(db, newPassword)).toBe(true);
      expect(await isResetLive(db, aVisitor(), token)).toBe(false);
      const again = resetPassword(db, aVisitor(), { token, newPassword: "yet another one, long" });
      await expect(again).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      expect(await signsIn(db, newPassword)).toBe(true);
    }));

  it("asks for a password as good as a new account's", async () => {
    for (const weak of ["", "short", "password1234"]) {
      expect((await resetPasswordSchema.safeParseAsync({ newPassword: weak })).success, weak).toBe(false);
    }
    expect((await resetPasswordSchema.safeParseAsync({ newPassword })).success).toBe(true);
  });

  it("is stored as a hash only, and is in no event", () =>
    withRollback(async (db) => {
      const { administrator, userId } = await scene(db);
      const token = await makeReset(db, administrator, userId);
      await resetPassword(db, aVisitor(), { token, newPassword });
      const stored = JSON.stringify([
        await db.select().from(passwordResets),
        await db.select().from(auditEvents),
      ]);
      expect(stored).not.toContain(token);
      expect(stored).not.toContain(newPassword);
    }));

  it("is told to whose password it sets, when it is made and when it is used", () =>
    withRollback(async (db) => {
      const { administrator, userId, kim } = await scene(db);
      const token = await makeReset(db, administrator, userId);
      const byName = administrator.name;
      expect(await listNotices(db, kim)).toMatchObject([{ kind: "reset-link-made", byName }]);
      expect(await listOwnResets(db, kim)).toMatchObject([
        { madeByName: byName, usedAt: null, isOpen: true },
      ]);
      await resetPassword(db, aVisitor(), { token, newPassword });
      expect((await listNotices(db, kim)).map(({ kind }) => kind).sort()).toEqual([
        "password-reset",
        "reset-link-made",
      ]);
      expect(await listOwnResets(db, kim)).toMatchObject([{ usedAt: expect.any(String), isOpen: false }]);
      const told = await db
        .select({ event: auditEvents.event, actorId: auditEvents.actorId })
        .from(auditEvents)
        .where(eq(auditEvents.subjectId, userId))
        .orderBy(auditEvents.id);
      expect(told).toEqual([
        { event: "user.reset-link-made", actorId: administrator.userId },
        // Whoever had the link: the portal does not know who that was.
        { event: "user.password-reset", actorId: null },
      ]);
    }));

  it("that was used is told to the owners of the teams of the account, and in their history", () =>
    withRollback(async (db) => {
      const { administrator, userId, kim } = await scene(db);
      const [owner, member] = [await somebody(db), await somebody(db)];
      const teamId = await aTeamOf(db, owner, kim, member);
      const token = await makeReset(db, administrator, userId);
      expect(await listNotices(db, owner)).toEqual([]);
      await resetPassword(db, aVisitor(), { token, newPassword });
      expect(await listNotices(db, owner)).toMatchObject([
        { kind: "team-member-reset", aboutName: "Kim", byName: administrator.name, team: { id: teamId } },
      ]);
      expect(await listNotices(db, member)).toEqual([]);
      const { items } = await listTeamHistory(db, owner, teamId, null);
      expect(items[0]).toMatchObject({ event: "team.member-reset", person: null });
    }));

  it("for another administrator is told to all the others at once", () =>
    withRollback(async (db) => {
      const { administrator, kim } = await scene(db);
      const [second, third] = [await somebody(db, "administrator"), await somebody(db, "administrator")];
      await makeReset(db, administrator, second.userId);
      expect(await listNotices(db, third)).toMatchObject([
        { kind: "administrator-reset-link-made", byName: administrator.name, aboutName: second.name },
      ]);
      for (const reader of [administrator, kim]) expect(await listNotices(db, reader)).toEqual([]);
    }));
});

describe("who may make one", () => {
  it("is a portal administrator, for another enabled account", () =>
    withRollback(async (db) => {
      const { administrator, userId, kim } = await scene(db);
      await expect(makeReset(db, kim, administrator.userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      await expect(makeReset(db, kim, userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
      const own = makeReset(db, administrator, administrator.userId);
      await expect(own).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      await disableUser(db, administrator, userId);
      await expect(makeReset(db, administrator, userId)).rejects.toMatchObject({ code: "CONFLICT" });
      await expect(listResetsOf(db, kim, userId)).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));
});

/** Every way in which an unused link ends. */
const ends: Record<string, (db: Db, given: Awaited<ReturnType<typeof scene>>) => Promise<unknown>> = {
  "a day passes": (db) => db.update(passwordResets).set({ expiresAt: new Date(0) }),
  "its maker takes it back": async (db, { administrator, userId }) => {
    const [reset] = await listResetsOf(db, administrator, userId);
    return revokeReset(db, administrator, reset?.id ?? "");
  },
  "whose password it is takes it back": async (db, { kim }) => {
    const [reset] = await listOwnResets(db, kim);
    return revokeReset(db, kim, reset?.id ?? "");
  },
  "another one is made": (db, { administrator, userId }) => makeReset(db, administrator, userId),
  "the password is changed by whoever knows it": (db, { kim }) =>
    changePassword(db, kim, { currentPassword: oldPassword, newPassword: "chosen by themself" }),
  "the account is disabled": (db, { administrator, userId }) => disableUser(db, administrator, userId),
  "the account was disabled for a while": async (db, { administrator, userId }) => {
    await disableUser(db, administrator, userId);
    await enableUser(db, administrator, userId);
  },
  "the account becomes an administrator's": (db, { administrator, userId }) =>
    changeRole(db, administrator, { userId: userId, role: "administrator" }),
  "its maker is an administrator no more": (db, { administrator }) =>
    db.update(users).set({ role: "member" }).where(eq(users.id, administrator.userId)),
  "its maker is disabled": (db, { administrator }) =>
    db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, administrator.userId)),
};

describe("a link is worth nothing any more, and answers like one that was made up, once", () => {
  it.each(Object.entries(ends))("%s", (_, end) =>
    withRollback(async (db) => {
      const given = await scene(db);
      const token = await makeReset(db, given.administrator, given.userId);
      await end(db, given);
      const [user] = await db.select().from(users).where(eq(users.id, given.userId));
      const answers = [];
      for (const tried of [token, "x".repeat(43), ""]) {
        expect(await isResetLive(db, aVisitor(), tried)).toBe(false);
        const refused = await resetPassword(db, aVisitor(), { token: tried, newPassword }).catch(String);
        answers.push(refused);
      }
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toContain("does not work any more");
      const [after] = await db.select().from(users).where(eq(users.id, given.userId));
      expect(after?.passwordHash).toBe(user?.passwordHash);
    }),
  );

  it("is not taken back twice, nor by anybody else", () =>
    withRollback(async (db) => {
      const { administrator, userId, kim } = await scene(db);
      await makeReset(db, administrator, userId);
      const [reset] = await listOwnResets(db, kim);
      const other = await somebody(db);
      await expect(revokeReset(db, other, reset?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
      await revokeReset(db, kim, reset?.id ?? "");
      await expect(revokeReset(db, kim, reset?.id ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
    }));
});

it("of two who use one link at the same moment one alone sets the password", async () => {
  const [db, other] = await ownDatabaseOfTwo();
  const { administrator, userId } = await scene(db);
  for (let round = 0; round < 3; round += 1) {
    const token = await makeReset(db, administrator, userId);
    const passwords = [`first of round ${round} here`, `second of round ${round} here`];
    const answers = await Promise.allSettled([
      resetPassword(db, aVisitor(), { token, newPassword: passwords[0] ?? "" }),
      resetPassword(other, aVisitor(), { token, newPassword: passwords[1] ?? "" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = answers.findIndex(({ status }) => status === "fulfilled");
    expect(await signsIn(db, passwords[winner] ?? "")).toBe(true);
    expect(await signsIn(db, passwords[1 - winner] ?? "")).toBe(false);
  }
});
