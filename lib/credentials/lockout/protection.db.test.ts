import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { auditEvents } from "@/drizzle/schema";
import { databaseNow } from "@/lib/db/clock";
import {
  attemptWith,
  failed,
  found,
  heldServer,
  processes,
  protectInTwoProcesses,
  quick,
  rowOf,
  slowServer,
  targetOf,
  twoProcesses,
} from "@/lib/testing/lockout";
import { protectedAccountOf } from "./account";
import { withLockoutProtection } from "./protection";
import { turnDidNotCome } from "./rules";

protectInTwoProcesses();

describe("two processes that check at once", () => {
  const isOver = ({ type }: { type: string }) => type === "fulfilled";
  afterEach(() => vi.restoreAllMocks());

  it("with one secret ask the server once and share what it said", () =>
    twoProcesses(async (one, two, actor) => {
      const looked = [...new Set(processes)].map((db) => vi.spyOn(db, "transaction"));
      const { requested, answer, send } = heldServer(found);
      const sent = vi.fn(send);
      const checks = [one, two, one, two, one, two].map((db) =>
        withLockoutProtection(db, actor, attemptWith("right"), sent, quick),
      );
      await requested;
      // One who looks when all is over has nothing to share, and would ask again.
      const howMany = () => looked.flatMap(({ mock }) => mock.settledResults).filter(isOver).length;
      await expect.poll(howMany, { timeout: 30_000 }).toBe(6);
      answer();
      for (const outcome of await Promise.all(checks)) expect(outcome).toEqual(found);
      expect(sent).toHaveBeenCalledTimes(1);
    }));

  it("do not share that nothing was sent for want of a slot: the one that waits asks for one itself", () =>
    twoProcesses(async (one, two, actor) => {
      const looked = [...new Set(processes)].map((db) => vi.spyOn(db, "transaction"));
      const { requested, answer, send } = heldServer(turnDidNotCome);
      const recheck = withLockoutProtection(one, actor, attemptWith("right"), send, quick);
      await requested;
      const users = withLockoutProtection(two, actor, attemptWith("right"), async () => found, quick);
      const howMany = () => looked.flatMap(({ mock }) => mock.settledResults).filter(isOver).length;
      await expect.poll(howMany, { timeout: 30_000 }).toBe(2);
      answer();
      expect(await recheck).toEqual(turnDidNotCome);
      expect(await users).toEqual(found);
    }));

  it("with several wrong secrets let two of them through, one after the other", () =>
    twoProcesses(async (one, two, actor) => {
      const { counts, send } = slowServer(failed("SECRET_REJECTED"));
      const checks = Array.from({ length: 12 }, (_, index) =>
        withLockoutProtection(index % 2 ? one : two, actor, attemptWith(`wrong ${index % 6}`), send, quick),
      );
      const reasons = (await Promise.all(checks)).map((one) => (one.kind === "failed" ? one.reason : "none"));
      expect(counts).toMatchObject({ requested: 2, mostAtOnce: 1 });
      expect(reasons).toEqual(expect.arrayContaining(["SECRET_REJECTED", "ACCOUNT_STOPPED"]));
      // An attempt that polls late, after another one with its own secret, gets that one's outcome.
      const told = ["SECRET_REJECTED", "ACCOUNT_STOPPED", "NOT_SENT_AGAIN"];
      expect(reasons.filter((reason) => !told.includes(reason))).toEqual([]);
    }));

  it("of different accounts do not wait for each other", () =>
    twoProcesses(async (one, two, actor) => {
      const [janes, anas] = [heldServer(found), heldServer(found)];
      const ana = protectedAccountOf(targetOf("right", "ana"));
      const checks = [
        withLockoutProtection(one, actor, attemptWith("right"), janes.send, quick),
        withLockoutProtection(two, actor, attemptWith("right", { protectedAccount: ana }), anas.send, quick),
      ];
      // Both are with the server before it answers either.
      await Promise.all([janes.requested, anas.requested]);
      janes.answer();
      anas.answer();
      expect(await Promise.all(checks)).toEqual([found, found]);
    }));
});

describe("saying try again", () => {
  it("permits exactly one attempt, though many use it at once, and records one event", () =>
    twoProcesses(async (one, two, actor) => {
      const wrong = slowServer(failed("SECRET_REJECTED"));
      await withLockoutProtection(one, actor, attemptWith("wrong"), wrong.send, quick);
      const override = await databaseNow(one);
      const credentialId = randomUUID();
      const again = slowServer(failed("UNREACHABLE"));
      await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const attempt = attemptWith(index < 5 ? "wrong" : `other ${index}`, { override, credentialId });
          // Attempts that need no override may be sent, too: here only the first kind needs one.
          const { send } = index < 5 ? again : slowServer(failed("UNREACHABLE"));
          return withLockoutProtection(index % 2 ? one : two, actor, attempt, send, quick);
        }),
      );
      expect(again.counts.requested).toBe(1);
      const [row] = await rowOf(one);
      expect(row?.overrideUsedAt?.getTime()).toBeGreaterThanOrEqual(override.getTime());
      const events = await one.select().from(auditEvents).where(eq(auditEvents.subjectId, credentialId));
      expect(events).toMatchObject([{ event: "credential.tried-again", actorId: actor.userId }]);
    }));

  it("sends nothing when the event cannot be written", () =>
    twoProcesses(async (one, _two, actor) => {
      const wrong = slowServer(failed("SECRET_REJECTED"));
      await withLockoutProtection(one, actor, attemptWith("wrong"), wrong.send, quick);
      const { counts, send } = slowServer();
      // No text can be stored that holds a NUL.
      const unwritable = { ...actor, requestId: "\u0000" };
      const override = await databaseNow(one);
      await expect(
        withLockoutProtection(one, unwritable, attemptWith("wrong", { override }), send, quick),
      ).rejects.toThrow();
      expect(counts.requested).toBe(0);
      expect(await rowOf(one)).toMatchObject([{ overrideUsedAt: null }]);
    }));
});

describe("what lock-out protection remembers", () => {
  it("names no account and no secret, and is the same for a user name in any case", () =>
    twoProcesses(async (one, _two, actor) => {
      await withLockoutProtection(
        one,
        actor,
        attemptWith("canary"),
        slowServer(failed("SECRET_REJECTED")).send,
        quick,
      );
      const stored = JSON.stringify(await rowOf(one));
      expect(stored).not.toMatch(/canary|jcitizen/i);
      const upper = targetOf("x", "JCitizen");
      expect(protectedAccountOf(upper)).toEqual(protectedAccountOf(targetOf("y")));
    }));

  it("is given back when a check could not even start", () =>
    twoProcesses(async (one, _two, actor) => {
      const broken = () => Promise.reject(new Error("no allowance"));
      await expect(withLockoutProtection(one, actor, attemptWith("right"), broken, quick)).rejects.toThrow(
        "no allowance",
      );
      expect(await withLockoutProtection(one, actor, attemptWith("right"), slowServer().send, quick)).toEqual(
        found,
      );
    }));
});
