import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { auditEvents, checkSchedules, checks, users } from "@/drizzle/schema";
import { sandboxAccounts } from "@/e2e/sandbox/accounts";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/start";
import type { Actor } from "@/lib/actor";
import { claimDueChecks } from "@/lib/credentials/checks/schedule";
import type { Db } from "@/lib/db/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { ownDatabaseOfTwo, withRollback } from "@/lib/testing/database";
import { addCredential, recordCheck } from "./mutations";
import { recheck } from "./recheck";

const { jane } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  vi.stubEnv("EGRESS_LOOPBACK", "on");
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const attempts = () => sandbox.journal().filter(({ signInAttempt }) => signInAttempt);

/** A credential of Jane's that was stored without a check. */
function janes(db: Db, actor: Actor, name: string, password: string = jane.password): Promise<string> {
  const signIn = { scheme: "basic", username: jane.name, password: Secret.of(password) } as const;
  return addCredential(
    db,
    actor,
    aCredential({ name, baseUrl: baseUrlAt(sandbox.url("/")), signIn, outcome: null }),
  );
}

const checksOf = (db: Db, id: string) =>
  db.select({ verdict: checks.verdict }).from(checks).where(eq(checks.credentialId, id));

/** Hours until the schedule checks it; null for never. */
async function dueInHours(db: Db, id: string): Promise<number | null> {
  const [row] = await db
    .select({ dueAt: checkSchedules.dueAt })
    .from(checkSchedules)
    .where(eq(checkSchedules.credentialId, id));
  return row?.dueAt ? (row.dueAt.getTime() - Date.now()) / 3_600_000 : null;
}

describe("a check that comes by itself", () => {
  it("proves a credential as its owner, says that the schedule made it, and comes again a day later", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await janes(db, owner, "Right");
      await recheck(db, id);
      expect(await checksOf(db, id)).toEqual([{ verdict: "verified" }]);
      const events = await db.select().from(auditEvents).where(eq(auditEvents.event, "credential.checked"));
      expect(events).toMatchObject([{ subjectId: id, actorId: owner.userId, via: "schedule" }]);
      const due = await dueInHours(db, id);
      expect(due).toBeGreaterThan(23.9);
      expect(due).toBeLessThan(26.5);
    }));

  it("30 a scheduled check that is refused is the last one, and a further one sends nothing", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await janes(db, owner, "Wrong", "wrong");
      await recheck(db, id);
      expect(await checksOf(db, id)).toEqual([{ verdict: "rejected" }]);
      expect(await dueInHours(db, id)).toBeNull();
      await recheck(db, id);
      expect(attempts()).toHaveLength(1);
      expect(await checksOf(db, id)).toHaveLength(1);
    }));

  it("30 a check of any credential of an account that wants a CAPTCHA sends nothing, and is put off", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const [first, second] = [await janes(db, owner, "First"), await janes(db, owner, "Second", "another")];
      const authorization = `Basic ${Buffer.from(`${jane.name}:wrong`).toString("base64")}`;
      for (let failures = 0; failures < 5; failures += 1) {
        await fetch(`${sandbox.url("/")}/rest/api/1.0/users`, { headers: { authorization } });
      }
      const before = attempts().length;
      await recheck(db, first);
      expect(await checksOf(db, first)).toEqual([{ verdict: "locked" }]);
      expect(attempts()).toHaveLength(before + 1);
      for (let round = 0; round < 3; round += 1) {
        await recheck(db, first);
        await recheck(db, second);
      }
      expect(attempts()).toHaveLength(before + 1);
      expect(await checksOf(db, second)).toEqual([]);
      expect(await dueInHours(db, second)).toBeCloseTo(6, 1);
    }));

  it("30 the schedule waits for as long as the server asked with a 429", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const signIn = { scheme: "basic", username: jane.name, password: Secret.of(jane.password) } as const;
      const baseUrl = baseUrlAt(sandbox.url("/busy"));
      const id = await addCredential(db, owner, aCredential({ baseUrl, signIn, outcome: null }));
      await recheck(db, id);
      const requested = sandbox.journal().length;
      expect(requested).toBeGreaterThan(0);
      await recheck(db, id);
      await recheck(db, id);
      expect(sandbox.journal()).toHaveLength(requested);
      expect(await checksOf(db, id)).toEqual([{ verdict: "nothing" }]);
    }));

  it("backs off from a server that cannot be reached", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await janes(db, owner, "Away");
      sandbox.set("/", { state: "MAINTENANCE" });
      const waits: number[] = [];
      for (let round = 0; round < 3; round += 1) {
        await recheck(db, id);
        waits.push(Math.round(((await dueInHours(db, id)) ?? 0) * 60));
      }
      expect(waits[0]).toBeGreaterThanOrEqual(5);
      expect(waits[1]).toBeGreaterThanOrEqual(10);
      expect(waits[2]).toBeGreaterThanOrEqual(20);
      expect(waits[2]).toBeLessThanOrEqual(22);
    }));

  it("is not made for an owner who is disabled, nor of a credential that is gone", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await janes(db, owner, "Left behind");
      await db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, owner.userId));
      await recheck(db, id);
      await recheck(db, "00000000-0000-4000-8000-000000000000");
      expect(sandbox.journal()).toEqual([]);
    }));
});

describe("credentials that are due", () => {
  it("are claimed once, by one of two workers, oldest first and up to the limit", async () => {
    const [one, two] = await ownDatabaseOfTwo();
    const owner = await ownerOfCredentials(one);
    const ids: string[] = [];
    for (let count = 0; count < 12; count += 1) ids.push(await janes(one, owner, `Due ${count}`));
    const claim = async (db: Db, limit: number) => {
      const due = await claimDueChecks(db, { limit, perServer: 50 });
      return due.map(({ credentialId }) => credentialId);
    };
    expect(await claim(one, 50)).toEqual([]);
    for (const [index, id] of ids.entries()) {
      const dueAt = sql`now() - ${60 - index} * interval '1 minute'`;
      await one.update(checkSchedules).set({ dueAt }).where(eq(checkSchedules.credentialId, id));
    }
    const [first, second] = await Promise.all([claim(one, 5), claim(two, 5)]);
    expect(first).toHaveLength(5);
    expect(second).toHaveLength(5);
    expect(new Set([...first, ...second])).toEqual(new Set(ids.slice(0, 10)));
    expect(await claim(one, 5)).toHaveLength(2);
    expect(await claim(two, 5)).toEqual([]);
  });

  it("are so many of each server, and none of those that have enough", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const made: { id: string; server: string }[] = [];
      for (const server of ["a", "a", "a", "b", "b", "c"]) {
        const baseUrl = baseUrlAt(`https://${server}.example.com`);
        const name = `Due ${made.length}`;
        made.push({ id: await addCredential(db, owner, aCredential({ name, baseUrl })), server });
      }
      await db.update(checkSchedules).set({ dueAt: sql`now() - interval '1 hour'` });
      const serverOf = (credentialId: string) => made.find(({ id }) => id === credentialId)?.server;
      const first = await claimDueChecks(db, { limit: 50, perServer: 2 });
      expect(first.map(({ credentialId }) => serverOf(credentialId)).toSorted()).toEqual([..."aabbc"]);
      const enough = first.filter(({ credentialId }) => serverOf(credentialId) === "a");
      const except = [...new Set(enough.map(({ origin }) => origin))];
      expect(await claimDueChecks(db, { limit: 50, perServer: 2, except })).toEqual([]);
      expect(await claimDueChecks(db, { limit: 50, perServer: 2 })).toHaveLength(1);
    }));

  it("are so many of each origin, whatever the path of the base URL: its slots are the origin's", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      for (const [index, path] of ["/one", "/one", "/two", "/two"].entries()) {
        const baseUrl = baseUrlAt(`https://paths.example.com:8443${path}`);
        await addCredential(db, owner, aCredential({ name: `Path ${index}`, baseUrl }));
      }
      await db.update(checkSchedules).set({ dueAt: sql`now() - interval '1 hour'` });
      const first = await claimDueChecks(db, { limit: 50, perServer: 3 });
      expect(first.map(({ origin }) => origin)).toEqual(Array(3).fill("https://paths.example.com:8443"));
    }));

  it("never are those that a server has refused", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await janes(db, owner, "Refused");
      const refused = { kind: "failed", step: "signedIn", reason: "SECRET_REJECTED", steps: [] } as const;
      await recordCheck(db, owner, { credentialId: id, secretVersion: 1 }, refused);
      expect(await dueInHours(db, id)).toBeNull();
    }));
});
