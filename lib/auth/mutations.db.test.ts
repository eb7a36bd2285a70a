import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, sessions, users } from "@/drizzle/schema";
import { actorOf, addAccount, aVisitor } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { findFailedSignInsDue, foldFailedSignIns } from "./failed-sign-ins";
import { signIn, signOut } from "./mutations";
import { findLiveSession, openSession } from "./sessions";

const visitor = aVisitor;
const password = "a long enough password";

function account(email = `${randomUUID()}@example.com`) {
  return { name: "Robin", email, password };
}

describe("signing in", () => {
  it("keeps with the session which browser it was opened from", () =>
    withRollback(async (db) => {
      const known = account();
      const userId = await addAccount(db, known);
      await signIn(db, { ...visitor(), browser: "Firefox on Linux" }, known);
      const rows = await db.select().from(sessions).where(eq(sessions.userId, userId));
      expect(rows.map(({ browser }) => browser)).toEqual(["Firefox on Linux"]);
    }));

  it("opens a live session for the right password", () =>
    withRollback(async (db) => {
      const known = account();
      await addAccount(db, known);
      const outcome = await signIn(db, visitor(), known);
      expect(outcome.ok && (await findLiveSession(db, outcome.token))?.user.email).toBe(known.email);
    }));

  it("answers a wrong password, an unknown email and a disabled account alike", () =>
    withRollback(async (db) => {
      const [known, disabled] = [account(), account()];
      await addAccount(db, known);
      await addAccount(db, disabled);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.email, disabled.email));
      const refusal = { ok: false, reason: "not-accepted" };
      expect(await signIn(db, visitor(), { ...known, password: "another password" })).toEqual(refusal);
      expect(await signIn(db, visitor(), account())).toEqual(refusal);
      expect(await signIn(db, visitor(), disabled)).toEqual(refusal);
    }));

  it("stops looking at passwords after five failures, the right one included, for known and unknown alike", () =>
    withRollback(async (db) => {
      const known = account();
      await addAccount(db, known);
      for (const candidate of [known, account()]) {
        for (let attempt = 0; attempt < 5; attempt += 1) {
          const outcome = await signIn(db, visitor(), { ...candidate, password: "wrong" });
          expect(outcome).toEqual({ ok: false, reason: "not-accepted" });
        }
        expect(await signIn(db, visitor(), candidate)).toEqual({ ok: false, reason: "rate-limited" });
      }
    }));

  it("clears failures after a success, so that one user's typing errors never add up", () =>
    withRollback(async (db) => {
      const known = account();
      await addAccount(db, known);
      for (let round = 0; round < 3; round += 1) {
        for (let attempt = 0; attempt < 4; attempt += 1)
          await signIn(db, visitor(), { ...known, password: "wrong" });
        expect(await signIn(db, visitor(), known)).toMatchObject({ ok: true });
      }
    }));

  it("leaves each failure for the audit log, with its account and without the typed email", () =>
    withRollback(async (db) => {
      const [known, failing] = [account(), aVisitor()];
      const userId = await addAccount(db, known);
      await signIn(db, failing, { ...known, password: "wrong" });
      await signIn(db, aVisitor(), account());
      for (const due of await findFailedSignInsDue(db)) await foldFailedSignIns(db, due);
      const events = await db.select().from(auditEvents).where(eq(auditEvents.event, "user.sign-in-failed"));
      expect(events.map(({ subjectId }) => subjectId).toSorted()).toEqual([userId, null].toSorted());
      expect(events.find(({ subjectId }) => subjectId === userId)).toMatchObject({
        actorId: null,
        address: "192.0.2.10",
        requestId: failing.requestId,
        details: { reason: "not-accepted", count: 1 },
      });
      expect(JSON.stringify(events)).not.toContain("@example.com");
    }));

  it("34 opens a session under a new id each time, and ends the one that the browser came with, whosever it was", () =>
    withRollback(async (db) => {
      const known = account();
      await addAccount(db, known);
      const before = await openSession(db, await addAccount(db, account()));
      const elsewhere = await openSession(db, await addAccount(db, account()));
      const first = await signIn(db, { ...visitor(), sessionToken: before }, known);
      const second = await signIn(db, { ...visitor(), sessionToken: first.ok ? first.token : "" }, known);
      const tokens = [before, first.ok && first.token, second.ok && second.token, elsewhere].map(String);
      expect(new Set(tokens).size).toBe(4);
      const live = await Promise.all(tokens.map((token) => findLiveSession(db, token)));
      expect(live.map((session) => session !== null)).toEqual([false, false, true, true]);
    }));

  it("34 a wrong password ends no session", () =>
    withRollback(async (db) => {
      const known = account();
      const token = await openSession(db, await addAccount(db, known));
      await signIn(db, { ...visitor(), sessionToken: token }, { ...known, password: "wrong" });
      expect(await findLiveSession(db, token)).not.toBeNull();
    }));
});

describe("signing out", () => {
  it("ends the session for every holder of its token", () =>
    withRollback(async (db) => {
      const token = await openSession(db, await addAccount(db, account()));
      await signOut(db, await actorOf(db, token));
      expect(await findLiveSession(db, token)).toBeNull();
    }));

  it("leaves the user's other sessions alone", () =>
    withRollback(async (db) => {
      const userId = await addAccount(db, account());
      const [first, second] = [await openSession(db, userId), await openSession(db, userId)];
      await signOut(db, await actorOf(db, first));
      expect(await findLiveSession(db, second)).not.toBeNull();
    }));
});
