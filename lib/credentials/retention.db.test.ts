import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { auditEvents, checks, credentials, lockoutStates, type Verdict } from "@/drizzle/schema";
import { withLockoutProtection } from "@/lib/credentials/lockout/protection";
import type { Db } from "@/lib/db/types";
import { forgetInSteps } from "@/lib/jobs/retention";
import { aCredential, ownerOfCredentials, verified } from "@/lib/testing/credentials";
import { ownDatabase, ownDatabaseOfTwo, rolledBack } from "@/lib/testing/database";
import { findLatestDetails } from "./details-queries";
import { addCredential } from "./mutations";
import { findCredentialDetails } from "./queries";
import { forgetIdleLockoutStates, forgetOldChecks, forgetSettledOutcomes } from "./retention";

let database: Db;
beforeAll(async () => {
  database = await ownDatabase();
});

const ago = (days: number) => sql`clock_timestamp() - ${days} * interval '1 day'`;
type Made = { verdict: Verdict; daysAgo: number; secretVersion: number };

const record = { access: null, warnings: [], steps: [], details: null };

/** A credential at the second version of its secret, with exactly these checks. */
async function checkedAs(db: Db, made: readonly Made[]) {
  const owner = await ownerOfCredentials(db);
  const id = await addCredential(db, owner, aCredential({ name: randomUUID(), outcome: null }));
  await db.update(credentials).set({ secretVersion: 2 }).where(eq(credentials.id, id));
  for (const { verdict, daysAgo, secretVersion } of made) {
    const isGood = verdict === "verified";
    await db.insert(checks).values({
      credentialId: id,
      secretVersion,
      verdict,
      reason: isGood ? null : verdict === "nothing" ? "UNREACHABLE" : "SECRET_REJECTED",
      serverVersion: isGood ? "9.4.3" : null,
      record,
      checkedAt: ago(daysAgo),
    });
  }
  const shown = async () => ({
    credential: await findCredentialDetails(db, owner, id),
    details: await findLatestDetails(db, owner, id, new Date("2026-11-25")),
  });
  const kept = () =>
    db
      .select({
        verdict: checks.verdict,
        secretVersion: checks.secretVersion,
        daysAgo: sql<number>`round(extract(epoch from clock_timestamp() - ${checks.checkedAt}) / 86400)::int`,
      })
      .from(checks)
      .where(eq(checks.credentialId, id))
      .orderBy(checks.checkedAt);
  return { shown, kept };
}

const forgetChecks = (db: Db) => forgetInSteps(db, forgetOldChecks);

describe("checks", () => {
  const of = (verdict: Verdict, daysAgo: number, secretVersion = 2) => ({ verdict, daysAgo, secretVersion });

  it("stay for 30 days, and however old where they are the newest, the newest that says anything, the newest good one", () =>
    rolledBack(database, async (db) => {
      const { kept } = await checkedAs(db, [
        of("verified", 900, 1),
        of("verified", 800),
        of("verified", 700),
        of("rejected", 600),
        of("rejected", 500),
        of("nothing", 400),
        of("nothing", 300),
      ]);
      expect(await forgetChecks(db)).toBe(4);
      expect(await kept()).toEqual([of("verified", 700), of("rejected", 500), of("nothing", 300)]);
      const younger = [of("rejected", 29, 1), of("nothing", 28), of("verified", 1), of("verified", 0)];
      const recent = await checkedAs(db, younger);
      expect(await forgetChecks(db)).toBe(0);
      expect(await recent.kept()).toEqual(younger);
    }));

  it("that are deleted change nothing on a credential's page, whatever their order", () =>
    rolledBack(database, async (db) => {
      const made = fc.record({
        verdict: fc.constantFrom<Verdict>("verified", "restricted", "rejected", "locked", "nothing"),
        daysAgo: fc.integer({ min: 0, max: 80 }),
        secretVersion: fc.constantFrom(1, 2, 2, 2),
      });
      const histories = fc.uniqueArray(made, { selector: ({ daysAgo }) => daysAgo, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(histories, async (history) => {
          const { shown, kept } = await checkedAs(db, history);
          const before = await shown();
          await forgetChecks(db);
          expect(await shown()).toEqual(before);
          const left = await kept();
          expect(left.filter(({ daysAgo }) => daysAgo > 30).length).toBeLessThanOrEqual(3);
          const young = history.filter(({ daysAgo }) => daysAgo < 30);
          expect(left.filter(({ daysAgo }) => daysAgo < 30)).toHaveLength(young.length);
        }),
        { numRuns: 25 },
      );
    }));

  it("are forgotten in statements of bounded size, some of them each round, and no event with them", () =>
    rolledBack(database, async (db) => {
      const days = Array.from({ length: 12 }, (_, index) => of("verified", 100 - index));
      const { kept } = await checkedAs(db, days);
      const events = await db.$count(auditEvents);
      expect(await forgetInSteps(db, forgetOldChecks, { limit: 3, statements: 2 })).toBe(6);
      expect(await forgetInSteps(db, forgetOldChecks, { limit: 3, statements: 20 })).toBe(5);
      expect(await forgetChecks(db)).toBe(0);
      expect(await kept()).toEqual([of("verified", 89)]);
      expect(await db.$count(auditEvents)).toBe(events);
    }));
});

type LockoutProtection = Partial<typeof lockoutStates.$inferInsert>;
const refused: LockoutProtection = {
  refusals: 1,
  refusedSecret: "s",
  refusedReason: "SECRET_REJECTED",
  refusedAt: new Date(0),
};
const daysFromNow = (days: number) => new Date(Date.now() + days * 86_400_000);

async function protectWith(db: Db, columns: LockoutProtection) {
  const account = randomUUID();
  await db.insert(lockoutStates).values({ baseUrl: "https://bitbucket.example.com", account, ...columns });
  return async () => (await db.select().from(lockoutStates).where(eq(lockoutStates.account, account)))[0];
}

describe("protections", () => {
  it.each<[string, LockoutProtection, boolean]>([
    ["of an account that signed in two days ago", { settledAt: daysFromNow(-2) }, false],
    ["of which nothing is known", {}, false],
    ["of an account that signed in a moment ago", { settledAt: daysFromNow(0) }, true],
    ["that remember a refusal, however old", { ...refused, settledAt: daysFromNow(-900) }, true],
    ["that somebody holds", { leaseId: randomUUID(), leaseSecret: "s", leaseUntil: daysFromNow(0.1) }, true],
    [
      "that a killed process held",
      { leaseId: randomUUID(), leaseSecret: "s", leaseUntil: daysFromNow(-2) },
      true,
    ],
    ["of which an attempt got lost", { refusals: 1 }, true],
    ["that are to stay away", { waitUntil: daysFromNow(0.01), waitReason: "RATE_LIMITED" }, true],
    ["that were to stay away", { waitUntil: daysFromNow(-1), waitReason: "RATE_LIMITED" }, false],
    ["whose word was used in the last day", { overrideUsedAt: daysFromNow(-0.9) }, true],
    ["whose word was used before", { overrideUsedAt: daysFromNow(-1.1) }, false],
  ])("%s", (_what, columns, stays) =>
    rolledBack(database, async (db) => {
      const row = await protectWith(db, columns);
      await forgetInSteps(db, forgetIdleLockoutStates);
      expect((await row()) !== undefined).toBe(stays);
    }),
  );

  it("keep what an attempt found for those who waited for it, and not longer than an hour", () =>
    rolledBack(database, async (db) => {
      const found = { settledId: randomUUID(), settledOutcome: { outcome: "any" } };
      const fresh = await protectWith(db, { ...refused, ...found, settledAt: daysFromNow(-0.01) });
      const old = await protectWith(db, { ...refused, ...found, settledAt: daysFromNow(-0.1) });
      const oldest = await protectWith(db, { ...refused, ...found, settledAt: null });
      expect(await forgetInSteps(db, forgetSettledOutcomes)).toBe(2);
      expect(await fresh()).toMatchObject(found);
      for (const row of [old, oldest]) {
        expect(await row()).toMatchObject({ ...refused, settledId: null, settledOutcome: null });
      }
    }));

  it("that are forgotten at the very moment of an attempt do not disturb it", async () => {
    const [one, two] = await ownDatabaseOfTwo();
    const actor = await ownerOfCredentials(one);
    const attempt = { secret: "s", override: null, refusedBefore: null, credentialId: null };
    for (let round = 0; round < 30; round += 1) {
      const protectedAccount = { baseUrl: "https://bitbucket.example.com", account: `${round}` };
      await one.insert(lockoutStates).values({ ...protectedAccount, settledAt: daysFromNow(-2) });
      const [outcome] = await Promise.all([
        withLockoutProtection(one, actor, { protectedAccount, ...attempt }, async () => verified),
        forgetIdleLockoutStates(two, 10),
        forgetIdleLockoutStates(two, 10),
      ]);
      expect(outcome).toEqual(verified);
    }
    expect(await forgetInSteps(two, forgetIdleLockoutStates)).toBe(0);
  });
});
