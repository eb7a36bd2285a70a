import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterEach, describe, expect, it, vi } from "vitest";
import { auditEvents } from "@/drizzle/schema";
import { databaseNow } from "@/lib/db/clock";
import {
  attemptWith,
  failed,
  found,
  guardInTwoProcesses,
  heldServer,
  processes,
  quick,
  rowOf,
  slowServer,
  targetOf,
  twoProcesses,
} from "@/lib/testing/lockout";
import { guardedAccountOf } from "./account";
import { underGuard } from "./guard";

guardInTwoProcesses();

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
