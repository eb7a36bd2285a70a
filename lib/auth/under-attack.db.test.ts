import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditEvents, users } from "@/drizzle/schema";
import { changePassword } from "@/lib/account/mutations";
import type { Db } from "@/lib/db/types";
import { actorOf, addAccount } from "@/lib/testing/actors";
import { ownDatabase, withRollback } from "@/lib/testing/database";
import { signUp } from "@/lib/users/mutations";
import { findFailedSignInsDue, foldFailedSignIns } from "./failed-sign-ins";
import { issueDevice } from "./known-device";
import { type SignInOutcome, signIn } from "./mutations";
import { openSession } from "./sessions";

const password = "a long enough password";
let made = 0;

/** An address that no other test has: an address that has to wait is remembered by the whole process. */
function anAddress(): string {
  made += 1;
  return `10.1.${made >> 8}.${made & 255}`;
}

function from(address: string | null) {
  return { requestId: randomUUID(), origin: { via: "web", address } as const };
}

async function anAccount(db: Db) {
  const account = { name: "Robin", email: `${randomUUID()}@example.com`, password };
  return { ...account, userId: await addAccount(db, account) };
}

function countOf(outcomes: readonly SignInOutcome[], reason: string): number {
  return outcomes.filter((outcome) => !outcome.ok && outcome.reason === reason).length;
}

async function deviceOf(db: Db, account: { email: string; password: string }): Promise<string> {
  const outcome = await signIn(db, from(anAddress()), account);
  if (!outcome.ok) throw new Error("the owner could not sign in");
  return outcome.device;
}

/** Guesses wrongly from 30 addresses, until the account takes no more guesses from unknown devices. */
async function hammer(db: Db, email: string): Promise<void> {
  const outcomes: SignInOutcome[] = [];
  for (let address = 0; address < 30; address += 1) {
    outcomes.push(await signIn(db, from(anAddress()), { email, password: "guessed" }));
  }
  expect(countOf(outcomes, "not-accepted")).toBe(25);
}

describe("at limit 5", () => {
  it("36 twenty parallel sign-ins from one address have five passwords looked at, and no more wait than that", async () => {
    const db = await ownDatabase();
    const { email } = await anAccount(db);
    for (const candidate of [email, `${randomUUID()}@example.com`]) {
      const visitor = from(anAddress());
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, guess) =>
          signIn(db, visitor, { email: candidate, password: `guess ${guess}` }),
        ),
      );
      expect(countOf(outcomes, "not-accepted")).toBe(5);
      expect(countOf(outcomes, "rate-limited")).toBe(15);
    }
  });

  it("the right password is among those that wait, from that address only", () =>
    withRollback(async (db) => {
      const [account, guesser] = [await anAccount(db), from(anAddress())];
      for (let guess = 0; guess < 5; guess += 1)
        await signIn(db, guesser, { ...account, password: "guessed" });
      expect(await signIn(db, guesser, account)).toEqual({ ok: false, reason: "rate-limited" });
      expect(await signIn(db, from(anAddress()), account)).toMatchObject({ ok: true });
    }));
});

describe("one client", () => {
  it("guesses at no more than a hundred accounts, and keeps other addresses from nothing", () =>
    withRollback(async (db) => {
      const [account, guesser] = [await anAccount(db), from(anAddress())];
      const outcomes: SignInOutcome[] = [];
      for (let guess = 0; guess < 120; guess += 1) {
        outcomes.push(await signIn(db, guesser, { email: `${guess}@example.com`, password: "guessed" }));
      }
      expect(countOf(outcomes, "not-accepted")).toBe(100);
      expect(await signIn(db, guesser, account)).toEqual({ ok: false, reason: "rate-limited" });
      expect(await signIn(db, from(anAddress()), account)).toMatchObject({ ok: true });
    }));

  it("cannot close sign-up for others", () =>
    withRollback(async (db) => {
      const flood = from(anAddress());
      const somebody = (email: string) => ({ name: "Robin", email, password, invitation: "" });
      await signUp(db, flood, somebody("first@example.com"), "open");
      const again = () => signUp(db, flood, somebody("first@example.com"), "open");
      for (let more = 0; more < 59; more += 1)
        await expect(again()).rejects.toMatchObject({ code: "CONFLICT" });
      await expect(again()).rejects.toMatchObject({ code: "RATE_LIMITED" });
      await signUp(db, from(anAddress()), somebody("second@example.com"), "open");
      expect(await db.$count(users)).toBe(2);
    }));
});

describe("a known device", () => {
  it("keeps its way in while unknown clients hammer the account from many addresses, and an unknown one waits", () =>
    withRollback(async (db) => {
      const account = await anAccount(db);
      const device = await deviceOf(db, account);
      await hammer(db, account.email);
      expect(await signIn(db, from(anAddress()), account)).toEqual({ ok: false, reason: "rate-limited" });
      expect(await signIn(db, from(anAddress()), account, [device])).toMatchObject({ ok: true });
    }));

  it("keeps its way in from an address that has to wait", () =>
    withRollback(async (db) => {
      const [account, office] = [await anAccount(db), from(anAddress())];
      const device = await deviceOf(db, account);
      for (let guess = 0; guess < 101; guess += 1) {
        await signIn(db, office, { email: `${guess}@example.com`, password: "guessed" });
      }
      expect(await signIn(db, office, account)).toEqual({ ok: false, reason: "rate-limited" });
      expect(await signIn(db, office, account, [device])).toMatchObject({ ok: true });
    }));

  it("gets five guesses like any client", () =>
    withRollback(async (db) => {
      const account = await anAccount(db);
      const device = await deviceOf(db, account);
      for (let guess = 0; guess < 5; guess += 1) {
        const outcome = await signIn(db, from(anAddress()), { ...account, password: "guessed" }, [device]);
        expect(outcome).toEqual({ ok: false, reason: "not-accepted" });
      }
      const outcome = await signIn(db, from(anAddress()), account, [device]);
      expect(outcome).toEqual({ ok: false, reason: "rate-limited" });
    }));

  it("of another account, of an old password, too old, or made up, is an unknown client", () =>
    withRollback(async (db) => {
      const [account, other] = [await anAccount(db), await anAccount(db)];
      const [old, foreign] = [await deviceOf(db, account), await deviceOf(db, other)];
      const actor = await actorOf(db, await openSession(db, account.userId));
      const next = "another long password";
      const { device } = await changePassword(db, actor, { currentPassword: password, newPassword: next });
      const [{ passwordHash = "" } = {}] = await db.select().from(users).where(eq(users.id, account.userId));
      const past = await issueDevice({ email: account.email, passwordHash }, new Date("2026-01-01"));
      await hammer(db, account.email);
      const input = { email: account.email, password: next };
      for (const one of [old, foreign, past, `${device}x`, "x.y", ""]) {
        const outcome = await signIn(db, from(anAddress()), input, [one]);
        expect(outcome).toEqual({ ok: false, reason: "rate-limited" });
      }
      expect(await signIn(db, from(anAddress()), input, [foreign, device])).toMatchObject({ ok: true });
    }));

  it("gives no access by itself, and holds neither email nor hash", () =>
    withRollback(async (db) => {
      const account = await anAccount(db);
      const device = await deviceOf(db, account);
      const outcome = await signIn(db, from(anAddress()), { ...account, password: "guessed" }, [device]);
      expect(outcome).toEqual({ ok: false, reason: "not-accepted" });
      const [body = ""] = device.split(".");
      const text = Buffer.from(body, "base64url").toString("utf8");
      expect(text).not.toContain(account.email);
      expect(text).not.toContain("argon2");
    }));
});

it("a flood is counted in the audit log to the last attempt, by a handful of events", async () => {
  const db = await ownDatabase();
  const { email } = await anAccount(db);
  const { countTurnedAway } = await import("./turned-away");
  const address = anAddress();
  const visitor = from(address);
  for (let guess = 0; guess < 130; guess += 1) await signIn(db, visitor, { email, password: "guessed" });
  await countTurnedAway(db);
  for (const account of await findFailedSignInsDue(db)) await foldFailedSignIns(db, account);
  const ofAddress = eq(auditEvents.address, address);
  const failures = await db.select().from(auditEvents).where(ofAddress);
  expect(failures.length).toBeLessThanOrEqual(3);
  // Written by recordEvent with these fields.
  const counts = failures.map(({ details }) => (details as { count: number }).count);
  expect(counts.reduce((total, count) => total + count, 0)).toBe(130);
});
