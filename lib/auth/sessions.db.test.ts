import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { sessions, users } from "@/drizzle/schema";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { findLiveSession, forgetEndedSessions, openSession, revokeSession } from "./sessions";

const minute = 60_000;

describe("a session", () => {
  it("is found by its token and belongs to its user", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const token = await openSession(db, actor.userId);
      expect((await findLiveSession(db, token))?.user.email).toBe(actor.email);
    }));

  it("is stored as a hash: the token itself is nowhere in the table", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const token = await openSession(db, actor.userId);
      const rows = await db.select().from(sessions).where(eq(sessions.userId, actor.userId));
      const stored = rows
        .map((row) => row.tokenHash.toString("latin1") + row.tokenHash.toString("base64url"))
        .join();
      expect(stored).not.toContain(token);
      expect(stored).not.toContain(Buffer.from(token, "base64url").toString("latin1"));
    }));

  it("is gone once it is revoked", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const token = await openSession(db, actor.userId);
      const session = await findLiveSession(db, token);
      await revokeSession(db, session?.id ?? "");
      expect(await findLiveSession(db, token)).toBeNull();
    }));

  it("is gone as soon as its user is disabled", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const token = await openSession(db, actor.userId);
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, actor.userId));
      expect(await findLiveSession(db, token)).toBeNull();
    }));

  it("33 ends after 30 idle minutes, and each use begins them anew", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const start = new Date();
      const at = (minutes: number) => new Date(start.getTime() + minutes * minute);
      const token = await openSession(db, actor.userId, { now: start });
      expect(await findLiveSession(db, token, at(29))).not.toBeNull();
      expect(await findLiveSession(db, token, at(58))).not.toBeNull();
      expect(await findLiveSession(db, token, at(89))).toBeNull();
    }));

  it("33 ends after 12 hours however busy it is", () =>
    withRollback(async (db) => {
      const actor = await somebody(db);
      const start = new Date();
      const token = await openSession(db, actor.userId, { now: start });
      for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
        expect(await findLiveSession(db, token, new Date(start.getTime() + minutes * minute))).not.toBeNull();
      }
      expect(await findLiveSession(db, token, new Date(start.getTime() + 12 * 60 * minute))).toBeNull();
    }));

  it("has no answer for a token that was never given out", () =>
    withRollback(async (db) => {
      expect(await findLiveSession(db, "")).toBeNull();
      expect(await findLiveSession(db, "x".repeat(10_000))).toBeNull();
    }));
});

it("sessions are forgotten 30 days after their latest possible end, and no live one ever", () =>
  withRollback(async (db) => {
    const actor = await somebody(db);
    const day = 24 * 60 * minute;
    const openedDaysAgo = (days: number) =>
      openSession(db, actor.userId, { now: new Date(Date.now() - days * day) });
    const token = await openSession(db, actor.userId);
    for (const days of [29, 31, 32, 400]) await openedDaysAgo(days);
    expect(await forgetEndedSessions(db, 2)).toBe(2);
    expect(await forgetEndedSessions(db, 2)).toBe(1);
    expect(await forgetEndedSessions(db, 2)).toBe(0);
    expect(await findLiveSession(db, token)).not.toBeNull();
    // The actor's own, the live one and the one of 29 days ago.
    expect(await db.$count(sessions, eq(sessions.userId, actor.userId))).toBe(3);
  }));
