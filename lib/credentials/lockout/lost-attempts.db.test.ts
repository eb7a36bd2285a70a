import { describe, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/actor";
import { databaseNow } from "@/lib/db/clock";
import type { Db } from "@/lib/db/types";
import {
  attemptWith,
  endLease,
  failed,
  found,
  heldServer,
  protectInTwoProcesses,
  quick,
  rowOf,
  slowServer,
  targetOf,
  twoProcesses,
} from "@/lib/testing/lockout";
import { protectedSecretOf } from "./account";
import { type Attempt, withLockoutProtection } from "./protection";

protectInTwoProcesses();

describe("an account whose holder was killed", () => {
  it("is free again when the lease has run out, and not before", () =>
    twoProcesses(async (one, two, actor) => {
      const killed = heldServer(found);
      // Never awaited: the process that made this attempt is gone.
      void withLockoutProtection(one, actor, attemptWith("right"), killed.send, quick);
      await killed.requested;
      const { counts, send } = slowServer();
      const early = await withLockoutProtection(two, actor, attemptWith("right"), send, {
        ...quick,
        waitMs: 50,
      });
      expect(early).toMatchObject({ reason: "PORTAL_BUSY", steps: [] });
      expect(counts.requested).toBe(0);
      await endLease(two);
      expect(await withLockoutProtection(two, actor, attemptWith("right"), send, quick)).toEqual(found);
      expect(counts.requested).toBe(1);
    }));

  it("is renewed by a running process, however long the attempt takes", () =>
    twoProcesses(async (one, two, actor) => {
      const slow = heldServer(found);
      const held = withLockoutProtection(one, actor, attemptWith("right"), slow.send, {
        ...quick,
        renewMs: 50,
      });
      await slow.requested;
      const leaseUntil = async () => (await rowOf(one))[0]?.leaseUntil?.getTime();
      const [first, longest] = [await leaseUntil(), { timeout: 30_000 }];
      await expect.poll(leaseUntil, longest).toBeGreaterThan(first ?? Number.NaN);
      const { counts, send } = slowServer();
      const early = await withLockoutProtection(two, actor, attemptWith("other"), send, {
        ...quick,
        waitMs: 50,
      });
      expect(early).toMatchObject({ reason: "PORTAL_BUSY", steps: [] });
      expect(counts.requested).toBe(0);
      slow.answer();
      expect(await held).toEqual(found);
    }));

  it("still counts a refusal that comes back after the lease was taken over, and leaves the new one alone", () =>
    twoProcesses(async (one, two, actor) => {
      const [slow, following] = [heldServer(failed("SECRET_REJECTED")), heldServer(found)];
      const late = withLockoutProtection(one, actor, attemptWith("wrong"), slow.send, quick);
      await slow.requested;
      await endLease(two);
      const next = withLockoutProtection(two, actor, attemptWith("right"), following.send, quick);
      await following.requested;
      slow.answer();
      await late;
      // The attempt that answered late, and its lease that ran out before: never counted too low.
      expect(await rowOf(one)).toMatchObject([
        { refusals: 2, leaseSecret: protectedSecretOf(targetOf("right")) },
      ]);
      following.answer();
      await next;
      expect(await rowOf(one)).toMatchObject([{ refusals: 0, leaseId: null }]);
    }));
});

describe("an attempt whose answer was lost", () => {
  const killedAt = async (db: Db, actor: Actor, attempt: Attempt) => {
    const killed = heldServer(failed("SECRET_REJECTED"));
    void withLockoutProtection(db, actor, attempt, killed.send, quick);
    await killed.requested;
    await endLease(db);
  };

  it("counts as refused: of processes that are killed again and again two reach the server with one account", () =>
    twoProcesses(async (one, two, actor) => {
      await killedAt(one, actor, attemptWith("wrong"));
      await killedAt(two, actor, attemptWith("wrong"));
      const { counts, send } = slowServer();
      for (const password of ["wrong", "another"]) {
        const outcome = await withLockoutProtection(one, actor, attemptWith(password), send, quick);
        expect(outcome).toMatchObject({ reason: "ACCOUNT_STOPPED", steps: [] });
      }
      expect(counts.requested).toBe(0);
      const override = await databaseNow(one);
      expect(
        await withLockoutProtection(one, actor, attemptWith("right", { override }), send, quick),
      ).toEqual(found);
      expect(await rowOf(one)).toMatchObject([{ refusals: 0 }]);
    }));

  it("does not stop an account that signs in the next time", () =>
    twoProcesses(async (one, two, actor) => {
      const { counts, send } = slowServer();
      for (let round = 0; round < 3; round += 1) {
        await killedAt(one, actor, attemptWith("right"));
        expect(await withLockoutProtection(two, actor, attemptWith("right"), send, quick)).toEqual(found);
      }
      expect(counts.requested).toBe(3);
    }));

  it("counts if the database was lost before it could be stored", () =>
    twoProcesses(async (one, two, actor) => {
      for (const password of ["wrong", "wrong"]) {
        const goesAway = vi.fn(one.transaction.bind(one));
        const flaky = new Proxy(one, {
          get: (target, name) => (name === "transaction" ? goesAway : Reflect.get(target, name)),
        });
        goesAway.mockImplementationOnce(one.transaction.bind(one)).mockRejectedValueOnce(new Error("gone"));
        const { send } = slowServer(failed("SECRET_REJECTED"));
        await expect(withLockoutProtection(flaky, actor, attemptWith(password), send, quick)).rejects.toThrow(
          "gone",
        );
        await endLease(two);
      }
      const { counts, send } = slowServer();
      await withLockoutProtection(two, actor, attemptWith("wrong"), send, quick);
      expect(counts.requested).toBe(0);
    }));
});
