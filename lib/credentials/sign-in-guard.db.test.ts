import { randomUUID } from "node:crypto";
import { EventEmitter, once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { eq, sql } from "drizzle-orm";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { auditEvents, signInGuards } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { CheckOutcome, FailedOutcome, FailureReason } from "@/lib/bitbucket/types";
import { guardedAccountOf, guardedSecretOf } from "@/lib/credentials/guarded-account";
import { type Attempt, underGuard } from "@/lib/credentials/sign-in-guard";
import { ownerOfCredentials, verified } from "@/lib/credentials/testing";
import type { Db } from "@/lib/db/client";
import { databaseNow } from "@/lib/db/clock";
import { ownDatabaseOfTwo } from "@/lib/db/testing";

const rungs = [{ name: "address", state: "passed", durationMs: 0 }] as const;
const failed = (reason: FailureReason, more: Partial<FailedOutcome> = {}): FailedOutcome => ({
  kind: "failed",
  rung: "signedIn",
  reason,
  rungs,
  ...more,
});
const avatar = { mediaType: "image/png", image: Uint8Array.of(0x89, 0x50, 0, 255) } as const;
const found: CheckOutcome = { ...verified, avatar, rungs };
// Nobody shows that they live, because in tests of killed holders nobody does; and no lease runs out by itself, however
// slow the machine is.
const quick = { leaseMs: 600_000, renewMs: 1_000_000, waitMs: 50_000, pollMs: 10 };

let processes: [Db, Db];
beforeAll(async () => {
  processes = await ownDatabaseOfTwo();
});

// A server that the guard has not met before, for each test.
let baseUrl: string;
beforeEach(() => {
  baseUrl = `https://${randomUUID()}.example.com`;
});

function targetOf(password: string, username = "jcitizen") {
  return { baseUrl, signIn: { scheme: "basic", username, password } as const };
}

function attemptWith(password: string, changes: Partial<Attempt> = {}): Attempt {
  const target = targetOf(password);
  return {
    guarded: guardedAccountOf(target),
    secret: guardedSecretOf(target),
    word: null,
    refusedBefore: null,
    credentialId: null,
    ...changes,
  };
}

/** A server that takes its time and keeps count of how many are with it at once. */
function slowServer(outcome: CheckOutcome = found, takesMs = 60) {
  const counts = { asked: 0, atOnce: 0, mostAtOnce: 0 };
  const send = async () => {
    counts.asked += 1;
    counts.atOnce += 1;
    counts.mostAtOnce = Math.max(counts.mostAtOnce, counts.atOnce);
    await sleep(takesMs);
    counts.atOnce -= 1;
    return outcome;
  };
  return { counts, send };
}

/** A server that answers when it is told to. */
function heldServer(outcome: CheckOutcome) {
  const line = new EventEmitter();
  const [asked, told] = [once(line, "asked"), once(line, "told")];
  const send = async () => {
    line.emit("asked");
    await told;
    return outcome;
  };
  return { asked, answer: () => line.emit("told"), send };
}

async function twoProcesses(body: (one: Db, two: Db, actor: Actor) => Promise<void>): Promise<void> {
  const [one, two] = processes;
  await body(one, two, await ownerOfCredentials(one));
}

const rowOf = (db: Db) => db.select().from(signInGuards).where(eq(signInGuards.baseUrl, baseUrl));
const endLease = (db: Db) =>
  db
    .update(signInGuards)
    .set({ leaseUntil: sql`clock_timestamp()` })
    .where(eq(signInGuards.baseUrl, baseUrl));

describe("two processes that check at once", () => {
  const isOver = ({ type }: { type: string }) => type === "fulfilled";
  afterEach(() => vi.restoreAllMocks());

  it("with one secret ask the server once and share what it said", () =>
    twoProcesses(async (one, two, actor) => {
      const looked = [...new Set(processes)].map((db) => vi.spyOn(db, "transaction"));
      const { asked, answer, send } = heldServer(found);
      const sent = vi.fn(send);
      const checks = [one, two, one, two, one, two].map((db) =>
        underGuard(db, actor, attemptWith("right"), sent, quick),
      );
      await asked;
      // One who looks when all is over has nothing to share, and would ask again.
      const howMany = () => looked.flatMap(({ mock }) => mock.settledResults).filter(isOver).length;
      await expect.poll(howMany, { timeout: 30_000 }).toBe(6);
      answer();
      for (const outcome of await Promise.all(checks)) expect(outcome).toEqual(found);
      expect(sent).toHaveBeenCalledTimes(1);
    }));

  it("with several wrong secrets let two of them through, one after the other", () =>
    twoProcesses(async (one, two, actor) => {
      const { counts, send } = slowServer(failed("SECRET_REJECTED"));
      const checks = Array.from({ length: 12 }, (_, index) =>
        underGuard(index % 2 ? one : two, actor, attemptWith(`wrong ${index % 6}`), send, quick),
      );
      const reasons = (await Promise.all(checks)).map((one) => (one.kind === "failed" ? one.reason : "none"));
      expect(counts).toMatchObject({ asked: 2, mostAtOnce: 1 });
      expect(reasons).toEqual(expect.arrayContaining(["SECRET_REJECTED", "ACCOUNT_STOPPED"]));
      // Who looks late, after an attempt with their own secret has come and gone, hears of that.
      const told = ["SECRET_REJECTED", "ACCOUNT_STOPPED", "NOT_SENT_AGAIN"];
      expect(reasons.filter((reason) => !told.includes(reason))).toEqual([]);
    }));

  it("of different accounts do not wait for each other", () =>
    twoProcesses(async (one, two, actor) => {
      const [janes, anas] = [heldServer(found), heldServer(found)];
      const ana = guardedAccountOf(targetOf("right", "ana"));
      const checks = [
        underGuard(one, actor, attemptWith("right"), janes.send, quick),
        underGuard(two, actor, attemptWith("right", { guarded: ana }), anas.send, quick),
      ];
      // Both are with the server before it answers either.
      await Promise.all([janes.asked, anas.asked]);
      janes.answer();
      anas.answer();
      expect(await Promise.all(checks)).toEqual([found, found]);
    }));
});

describe("an account whose holder was killed", () => {
  it("is free again when the lease has run out, and not before", () =>
    twoProcesses(async (one, two, actor) => {
      const killed = heldServer(found);
      // Never awaited: the process that made this attempt is gone.
      void underGuard(one, actor, attemptWith("right"), killed.send, quick);
      await killed.asked;
      const { counts, send } = slowServer();
      const early = await underGuard(two, actor, attemptWith("right"), send, { ...quick, waitMs: 50 });
      expect(early).toMatchObject({ reason: "PORTAL_BUSY", rungs: [] });
      expect(counts.asked).toBe(0);
      await endLease(two);
      expect(await underGuard(two, actor, attemptWith("right"), send, quick)).toEqual(found);
      expect(counts.asked).toBe(1);
    }));

  it("is kept by a holder who lives, however long the attempt takes", () =>
    twoProcesses(async (one, two, actor) => {
      const slow = heldServer(found);
      const held = underGuard(one, actor, attemptWith("right"), slow.send, { ...quick, renewMs: 50 });
      await slow.asked;
      const leaseUntil = async () => (await rowOf(one))[0]?.leaseUntil?.getTime();
      const [first, longest] = [await leaseUntil(), { timeout: 30_000 }];
      await expect.poll(leaseUntil, longest).toBeGreaterThan(first ?? Number.NaN);
      const { counts, send } = slowServer();
      const early = await underGuard(two, actor, attemptWith("other"), send, { ...quick, waitMs: 50 });
      expect(early).toMatchObject({ reason: "PORTAL_BUSY", rungs: [] });
      expect(counts.asked).toBe(0);
      slow.answer();
      expect(await held).toEqual(found);
    }));

  it("still counts a refusal that comes back after the lease was taken over, and leaves the new one alone", () =>
    twoProcesses(async (one, two, actor) => {
      const [slow, following] = [heldServer(failed("SECRET_REJECTED")), heldServer(found)];
      const late = underGuard(one, actor, attemptWith("wrong"), slow.send, quick);
      await slow.asked;
      await endLease(two);
      const next = underGuard(two, actor, attemptWith("right"), following.send, quick);
      await following.asked;
      slow.answer();
      await late;
      // The one that is heard late, and its lease that ran out unheard: never counted too low.
      expect(await rowOf(one)).toMatchObject([
        { refusals: 2, leaseSecret: guardedSecretOf(targetOf("right")) },
      ]);
      following.answer();
      await next;
      expect(await rowOf(one)).toMatchObject([{ refusals: 0, leaseId: null }]);
    }));
});

describe("an attempt whose answer nobody heard", () => {
  const killedAt = async (db: Db, actor: Actor, attempt: Attempt) => {
    const killed = heldServer(failed("SECRET_REJECTED"));
    void underGuard(db, actor, attempt, killed.send, quick);
    await killed.asked;
    await endLease(db);
  };

  it("counts as refused: of processes that are killed again and again two reach the server with one account", () =>
    twoProcesses(async (one, two, actor) => {
      await killedAt(one, actor, attemptWith("wrong"));
      await killedAt(two, actor, attemptWith("wrong"));
      const { counts, send } = slowServer();
      for (const password of ["wrong", "another"]) {
        const outcome = await underGuard(one, actor, attemptWith(password), send, quick);
        expect(outcome).toMatchObject({ reason: "ACCOUNT_STOPPED", rungs: [] });
      }
      expect(counts.asked).toBe(0);
      const word = await databaseNow(one);
      expect(await underGuard(one, actor, attemptWith("right", { word }), send, quick)).toEqual(found);
      expect(await rowOf(one)).toMatchObject([{ refusals: 0 }]);
    }));

  it("does not stop an account that signs in the next time", () =>
    twoProcesses(async (one, two, actor) => {
      const { counts, send } = slowServer();
      for (let round = 0; round < 3; round += 1) {
        await killedAt(one, actor, attemptWith("right"));
        expect(await underGuard(two, actor, attemptWith("right"), send, quick)).toEqual(found);
      }
      expect(counts.asked).toBe(3);
    }));

  it("counts when the database went away before it could be kept", () =>
    twoProcesses(async (one, two, actor) => {
      for (const password of ["wrong", "wrong"]) {
        const goesAway = vi.fn(one.transaction.bind(one));
        const flaky = new Proxy(one, {
          get: (target, name) => (name === "transaction" ? goesAway : Reflect.get(target, name)),
        });
        goesAway.mockImplementationOnce(one.transaction.bind(one)).mockRejectedValueOnce(new Error("gone"));
        const { send } = slowServer(failed("SECRET_REJECTED"));
        await expect(underGuard(flaky, actor, attemptWith(password), send, quick)).rejects.toThrow("gone");
        await endLease(two);
      }
      const { counts, send } = slowServer();
      await underGuard(two, actor, attemptWith("wrong"), send, quick);
      expect(counts.asked).toBe(0);
    }));
});

describe("saying try again", () => {
  it("lets exactly one attempt go, though many say it at once, and leaves one event", () =>
    twoProcesses(async (one, two, actor) => {
      const wrong = slowServer(failed("SECRET_REJECTED"));
      await underGuard(one, actor, attemptWith("wrong"), wrong.send, quick);
      const word = await databaseNow(one);
      const credentialId = randomUUID();
      const again = slowServer(failed("UNREACHABLE"));
      await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const attempt = attemptWith(index < 5 ? "wrong" : `other ${index}`, { word, credentialId });
          // What is sent without a word may go as well: here only the first kind needs one.
          const { send } = index < 5 ? again : slowServer(failed("UNREACHABLE"));
          return underGuard(index % 2 ? one : two, actor, attempt, send, quick);
        }),
      );
      expect(again.counts.asked).toBe(1);
      const [row] = await rowOf(one);
      expect(row?.wordUsedAt?.getTime()).toBeGreaterThanOrEqual(word.getTime());
      const events = await one.select().from(auditEvents).where(eq(auditEvents.subjectId, credentialId));
      expect(events).toMatchObject([{ event: "credential.tried-again", actorId: actor.userId }]);
    }));

  it("sends nothing when the event cannot be written", () =>
    twoProcesses(async (one, _two, actor) => {
      const wrong = slowServer(failed("SECRET_REJECTED"));
      await underGuard(one, actor, attemptWith("wrong"), wrong.send, quick);
      const { counts, send } = slowServer();
      // No text can be stored that holds a NUL.
      const unwritable = { ...actor, requestId: "\u0000" };
      const word = await databaseNow(one);
      await expect(
        underGuard(one, unwritable, attemptWith("wrong", { word }), send, quick),
      ).rejects.toThrow();
      expect(counts.asked).toBe(0);
      expect(await rowOf(one)).toMatchObject([{ wordUsedAt: null }]);
    }));
});

describe("what the guard remembers", () => {
  it("names no account and no secret, and is the same for a user name in any case", () =>
    twoProcesses(async (one, _two, actor) => {
      await underGuard(one, actor, attemptWith("canary"), slowServer(failed("SECRET_REJECTED")).send, quick);
      const stored = JSON.stringify(await rowOf(one));
      expect(stored).not.toMatch(/canary|jcitizen/i);
      const upper = targetOf("x", "JCitizen");
      expect(guardedAccountOf(upper)).toEqual(guardedAccountOf(targetOf("y")));
    }));

  it("is given back when a check could not even start", () =>
    twoProcesses(async (one, _two, actor) => {
      const broken = () => Promise.reject(new Error("no allowance"));
      await expect(underGuard(one, actor, attemptWith("right"), broken, quick)).rejects.toThrow(
        "no allowance",
      );
      expect(await underGuard(one, actor, attemptWith("right"), slowServer().send, quick)).toEqual(found);
    }));
});
