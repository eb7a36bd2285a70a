import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, sessions, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { signIn } from "@/lib/auth/mutations";
import { findLiveSession, openSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import { actorOf, addAccount, aVisitor, somebody } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { changePassword, endOtherSessions, endSession, renameSelf } from "./mutations";
import { listOwnSessions } from "./queries";
import { changePasswordSchema } from "./schema";

const password = "a long enough password";
const another = "another long password";
const visitor = aVisitor;

/** Somebody who can sign in with `password`, in a session of their own. */
async function signedIn(db: Db): Promise<{ actor: Actor; token: string }> {
  const email = `${randomUUID()}@example.com`;
  const token = await openSession(db, await addAccount(db, { name: "Robin", email, password }));
  return { actor: await actorOf(db, token), token };
}

async function eventsOf(db: Db, actor: Actor) {
  const rows = await db.select().from(auditEvents).where(eq(auditEvents.requestId, actor.requestId));
  return rows.map(({ event, details }) => ({ event, details }));
}

describe("a user's name", () => {
  it("is changed for all users, with an event", () =>
    withRollback(async (db) => {
      const { actor, token } = await signedIn(db);
      await renameSelf(db, actor, { name: "Kim" });
      expect((await findLiveSession(db, token))?.user.name).toBe("Kim");
      expect(await eventsOf(db, actor)).toEqual([{ event: "user.renamed", details: { name: "Kim" } }]);
    }));
});

describe("changing the password", () => {
  it("lets in with the new one only, ends all other sessions and keeps this one", () =>
    withRollback(async (db) => {
      const { actor, token } = await signedIn(db);
      const other = await openSession(db, actor.userId);
      const change = await changePassword(db, actor, { currentPassword: password, newPassword: another });
      expect(change.endedSessions).toBe(1);
      expect(await findLiveSession(db, token)).not.toBeNull();
      expect(await findLiveSession(db, other)).toBeNull();
      expect(await signIn(db, visitor(), { email: actor.email, password })).toMatchObject({ ok: false });
      expect(await signIn(db, visitor(), { email: actor.email, password: another })).toMatchObject({
        ok: true,
      });
      expect(await eventsOf(db, actor)).toEqual([
        { event: "user.password-changed", details: { endedSessions: 1 } },
      ]);
    }));

  it("with a wrong current one is refused at its field, changes nothing and leaves an event", () =>
    withRollback(async (db) => {
      const { actor } = await signedIn(db);
      const other = await openSession(db, actor.userId);
      const change = changePassword(db, actor, { currentPassword: "guessed", newPassword: another });
      await expect(change).rejects.toMatchObject({
        code: "INVALID_INPUT",
        fieldErrors: { currentPassword: expect.stringContaining("not your password") },
      });
      expect(await findLiveSession(db, other)).not.toBeNull();
      expect(await signIn(db, visitor(), { email: actor.email, password })).toMatchObject({ ok: true });
      expect(await eventsOf(db, actor)).toEqual([
        { event: "user.password-change-failed", details: { reason: "not-accepted" } },
      ]);
    }));

  it("makes the user wait after five wrong guesses, but not because of unknown clients at the sign-in", () =>
    withRollback(async (db) => {
      const { actor } = await signedIn(db);
      for (let guess = 0; guess < 5; guess += 1) await signIn(db, visitor(), { ...actor, password: "wrong" });
      for (let guess = 0; guess < 5; guess += 1) {
        const change = changePassword(db, actor, { currentPassword: `guess ${guess}`, newPassword: another });
        await expect(change).rejects.toMatchObject({ code: "INVALID_INPUT" });
      }
      for (let more = 0; more < 2; more += 1) {
        const change = changePassword(db, actor, { currentPassword: password, newPassword: another });
        await expect(change).rejects.toMatchObject({ code: "RATE_LIMITED" });
      }
      const reasons = (await eventsOf(db, actor)).map(({ details }) => details);
      expect(reasons.slice(5)).toEqual([{ reason: "rate-limited" }]);
    }));

  it.each([
    ["a short one", "short", /at least 12/],
    ["a long one", "word ".repeat(205), /at most 1024/],
    ["a common one", "password1234", /Many people/],
    ["the one that is there", password, /the password you have/],
  ])("takes no %s", async (_what, newPassword, message) => {
    const parsed = await changePasswordSchema.safeParseAsync({ currentPassword: password, newPassword });
    expect(parsed.error?.issues).toMatchObject([
      { path: ["newPassword"], message: expect.stringMatching(message) },
    ]);
  });

  it("leaves no session behind that was opened with the old one at the same moment", async () => {
    const db = await ownDatabase();
    for (let round = 0; round < 5; round += 1) {
      const { actor } = await signedIn(db);
      const signIns = [0, 5, 10].map(async (ms) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        return signIn(db, visitor(), { email: actor.email, password });
      });
      const change = changePassword(db, actor, { currentPassword: password, newPassword: another });
      await Promise.all([change, ...signIns]);
      expect((await listOwnSessions(db, actor)).map(({ isThisOne }) => isThisOne)).toEqual([true]);
    }
  });

  it("twice at the same moment succeeds once", async () => {
    const db = await ownDatabase();
    const { actor } = await signedIn(db);
    const outcomes = await Promise.allSettled(
      ["first new password", "second new password"].map((newPassword) =>
        changePassword(db, actor, { currentPassword: password, newPassword }),
      ),
    );
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refusal = outcomes.find((outcome) => outcome.status === "rejected");
    expect(refusal?.reason).toMatchObject({ code: expect.stringMatching(/CONFLICT|INVALID_INPUT/) });
  });

  it("changes nothing when the event cannot be written", () =>
    withRollback(async (db) => {
      const { actor } = await signedIn(db);
      const before = await db.select().from(users).where(eq(users.id, actor.userId));
      await db.execute(
        "alter table audit_events add constraint broken check (event <> 'user.password-changed')",
      );
      const change = changePassword(db, actor, { currentPassword: password, newPassword: another });
      await expect(change).rejects.toThrow();
      expect(await db.select().from(users).where(eq(users.id, actor.userId))).toEqual(before);
    }));
});

describe("a user's sessions", () => {
  it("are listed with browser and times, the one used last first, and this one is marked", () =>
    withRollback(async (db) => {
      const { actor } = await signedIn(db);
      const minute = 60_000;
      const earlier = new Date(Date.now() - 5 * minute);
      await openSession(db, actor.userId, { browser: "Firefox on Linux", now: earlier });
      expect(await listOwnSessions(db, actor)).toMatchObject([
        { isThisOne: true, browser: null },
        { isThisOne: false, browser: "Firefox on Linux", startedAt: earlier.toISOString() },
      ]);
    }));

  it("that have ended or idled too long are not listed, nor are other users'", () =>
    withRollback(async (db) => {
      const { actor } = await signedIn(db);
      await somebody(db);
      await openSession(db, actor.userId, { now: new Date(Date.now() - 31 * 60_000) });
      const [, ended] = await Promise.all([null, openSession(db, actor.userId)]);
      const session = await findLiveSession(db, ended);
      await endSession(db, actor, session?.id ?? "");
      expect(await listOwnSessions(db, actor)).toHaveLength(1);
    }));

  it("are ended one by one", () =>
    withRollback(async (db) => {
      const { actor, token } = await signedIn(db);
      const other = await openSession(db, actor.userId);
      const id = (await findLiveSession(db, other))?.id ?? "";
      await endSession(db, actor, id);
      expect(await findLiveSession(db, other)).toBeNull();
      expect(await findLiveSession(db, token)).not.toBeNull();
      await expect(endSession(db, actor, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(await eventsOf(db, actor)).toEqual([
        { event: "user.sessions-ended", details: { which: "one", endedSessions: 1 } },
      ]);
    }));

  it("of another are answered like absent ones, and live on", () =>
    withRollback(async (db) => {
      const { actor } = await signedIn(db);
      const other = await somebody(db);
      for (const id of [other.sessionId, randomUUID()]) {
        await expect(endSession(db, actor, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
      }
      const [row] = await db.select().from(sessions).where(eq(sessions.id, other.sessionId));
      expect(row?.revokedAt).toBeNull();
    }));

  it("are ended all at once, except the current one and other users'", () =>
    withRollback(async (db) => {
      const { actor, token } = await signedIn(db);
      const other = await somebody(db);
      await openSession(db, actor.userId);
      await openSession(db, actor.userId);
      expect(await endOtherSessions(db, actor)).toBe(2);
      expect(await findLiveSession(db, token)).not.toBeNull();
      expect(await listOwnSessions(db, actor)).toHaveLength(1);
      expect(await listOwnSessions(db, other)).toHaveLength(1);
    }));
});
