import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, users } from "@/drizzle/schema";
import { signIn, signOut, signUp } from "@/lib/auth/mutations";
import { findLiveSession } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/client";
import { withRollback } from "@/lib/db/testing";
import { mintActor } from "./mint-actor";
import { aVisitor, testOrigin } from "./testing";

const visitor = aVisitor;
const password = "a long enough password";

function account(email = `${randomUUID()}@example.com`) {
  return { name: "Robin", email, password };
}

async function roleOf(db: Db, email: string) {
  const [user] = await db.select().from(users).where(eq(users.email, email));
  return user?.role;
}

describe("signing up", () => {
  it("makes the first account portal administrator and every later one a member", () =>
    withRollback(async (db) => {
      const [first, second] = [account(), account()];
      await signUp(db, visitor(), first, "open");
      await signUp(db, visitor(), second, "open");
      expect(await roleOf(db, first.email)).toBe("administrator");
      expect(await roleOf(db, second.email)).toBe("member");
    }));

  it.each(["invite", "closed"] as const)(
    "with SIGN_UP=%s takes the first account and refuses the next",
    (policy) =>
      withRollback(async (db) => {
        await signUp(db, visitor(), account(), policy);
        await expect(signUp(db, visitor(), account(), policy)).rejects.toMatchObject({ code: "NOT_ALLOWED" });
      }),
  );

  it("tells at the field when the email has an account already, and makes no second one", () =>
    withRollback(async (db) => {
      const same = account();
      await signUp(db, visitor(), same, "open");
      await db.transaction(async (nested) => {
        await expect(signUp(nested, visitor(), same, "open")).rejects.toMatchObject({
          code: "CONFLICT",
          fieldErrors: { email: expect.stringContaining("already") },
        });
      });
      expect(await db.$count(users, eq(users.email, same.email))).toBe(1);
    }));

  it("keeps the password as Argon2id only", () =>
    withRollback(async (db) => {
      const somebodyNew = account();
      await signUp(db, visitor(), somebodyNew, "open");
      const [user] = await db.select().from(users).where(eq(users.email, somebodyNew.email));
      expect(user?.passwordHash).toMatch(/^\$argon2id\$/);
    }));
});

describe("signing in", () => {
  it("opens a live session for the right password", () =>
    withRollback(async (db) => {
      const known = account();
      await signUp(db, visitor(), known, "open");
      const outcome = await signIn(db, visitor(), known);
      expect(outcome.ok && (await findLiveSession(db, outcome.token))?.user.email).toBe(known.email);
    }));

  it("answers a wrong password, an unknown email and a disabled account alike", () =>
    withRollback(async (db) => {
      const [known, disabled] = [account(), account()];
      await signUp(db, visitor(), known, "open");
      await signUp(db, visitor(), disabled, "open");
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.email, disabled.email));
      const refusal = { ok: false, reason: "not-accepted" };
      expect(await signIn(db, visitor(), { ...known, password: "another password" })).toEqual(refusal);
      expect(await signIn(db, visitor(), account())).toEqual(refusal);
      expect(await signIn(db, visitor(), disabled)).toEqual(refusal);
    }));

  it("stops looking at passwords after five failures, the right one included, for known and unknown alike", () =>
    withRollback(async (db) => {
      const known = account();
      await signUp(db, visitor(), known, "open");
      for (const candidate of [known, account()]) {
        for (let attempt = 0; attempt < 5; attempt += 1) {
          const outcome = await signIn(db, visitor(), { ...candidate, password: "wrong" });
          expect(outcome).toEqual({ ok: false, reason: "not-accepted" });
        }
        expect(await signIn(db, visitor(), candidate)).toEqual({ ok: false, reason: "rate-limited" });
      }
    }));

  it("forgets failures after a success, so that one person's typing never adds up", () =>
    withRollback(async (db) => {
      const known = account();
      await signUp(db, visitor(), known, "open");
      for (let round = 0; round < 3; round += 1) {
        for (let attempt = 0; attempt < 4; attempt += 1)
          await signIn(db, visitor(), { ...known, password: "wrong" });
        expect(await signIn(db, visitor(), known)).toMatchObject({ ok: true });
      }
    }));

  it("leaves an event for each failure, without the email that was typed", () =>
    withRollback(async (db) => {
      const failing = aVisitor();
      await signIn(db, failing, account());
      const [event] = await db.select().from(auditEvents).where(eq(auditEvents.requestId, failing.requestId));
      expect(event).toMatchObject({
        event: "user.sign-in-failed",
        actorId: null,
        details: { reason: "not-accepted" },
      });
      expect(JSON.stringify(event)).not.toContain("@example.com");
    }));
});

describe("signing out", () => {
  it("ends the session for whoever still holds its token", () =>
    withRollback(async (db) => {
      const known = account();
      const token = await signUp(db, visitor(), known, "open");
      const session = await findLiveSession(db, token);
      if (!session) throw new Error("sign-up opened no session");
      await signOut(db, mintActor(session, randomUUID(), testOrigin));
      expect(await findLiveSession(db, token)).toBeNull();
    }));

  it("leaves the person's other sessions alone", () =>
    withRollback(async (db) => {
      const known = account();
      const first = await findLiveSession(db, await signUp(db, visitor(), known, "open"));
      const second = await signIn(db, visitor(), known);
      if (!first || !second.ok) throw new Error("two sessions were expected");
      await signOut(db, mintActor(first, randomUUID(), testOrigin));
      expect(await findLiveSession(db, second.token)).not.toBeNull();
    }));
});
