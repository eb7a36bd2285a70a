import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckOutcome, CheckStep, FailedOutcome, FailureReason } from "@/lib/connectors/types";
import { failureReasons } from "@/lib/connectors/types";
import { verified } from "@/lib/testing/credentials";
import {
  countLost,
  decide,
  isHeldBack,
  type LockoutRequest,
  type LockoutState,
  refusalReasonOf,
  settle,
  settleUnderWay,
} from "./rules";

const now = new Date("2026-11-25T12:00:00Z");
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const fresh: LockoutState = { refusals: 0, refused: null, wait: null, lease: null, overrideUsedAt: null };
const request: LockoutRequest = { secret: "a", override: null, refusedBefore: null };
const steps: CheckStep[] = [{ name: "address", state: "passed", durationMs: 0 }];
const failed = (reason: FailureReason, more: Partial<FailedOutcome> = {}): FailedOutcome => ({
  kind: "failed",
  step: "signedIn",
  reason,
  steps,
  ...more,
});
const refusedOnce = settle(fresh, "a", failed("SECRET_REJECTED"), later(-180));
const refusedTwice = settle(refusedOnce, "b", failed("SECRET_REJECTED"), later(-60));
const locked = settle(fresh, "a", failed("ACCOUNT_LOCKED"), later(-60));
const told = (reason: FailureReason, refusedSecondsAgo: number) => ({
  kind: "refuse",
  outcome: expect.objectContaining({ reason, refusedSecondsAgo, steps: [] }),
});
const go = { kind: "go", usesOverride: false };
const goOnOverride = { kind: "go", usesOverride: true };
const lease = { id: "one", secret: "a", until: later(5) };

describe("lock-out protection", () => {
  it.each<[string, LockoutState, Partial<LockoutRequest>, unknown]>([
    ["an account of which nothing is known", fresh, {}, go],
    ["the secret that was refused", refusedOnce, {}, told("NOT_SENT_AGAIN", 180)],
    ["another secret after one refusal", refusedOnce, { secret: "b" }, go],
    ["a third secret after two refusals", refusedTwice, { secret: "c" }, told("ACCOUNT_STOPPED", 60)],
    ["the newest refused secret after two", refusedTwice, { secret: "b" }, told("NOT_SENT_AGAIN", 60)],
    ["the older refused secret after two", refusedTwice, { secret: "a" }, told("ACCOUNT_STOPPED", 60)],
    ["any secret of a locked account", locked, { secret: "b" }, told("CAPTCHA_AWAITED", 60)],
    [
      "a stored secret that was refused, after another's success",
      fresh,
      { refusedBefore: { reason: "SECRET_REJECTED", at: later(-9) } },
      told("NOT_SENT_AGAIN", 9),
    ],
    [
      "a stored secret whose account was locked, after another's success",
      fresh,
      { refusedBefore: { reason: "ACCOUNT_LOCKED", at: later(-9) } },
      told("CAPTCHA_AWAITED", 9),
    ],
    ["the refused secret on somebody's word", refusedOnce, { override: now }, goOnOverride],
    [
      "any secret after two refusals on somebody's word",
      refusedTwice,
      { secret: "c", override: now },
      goOnOverride,
    ],
    ["a locked account on somebody's word", locked, { override: now }, goOnOverride],
    [
      "a word that was said already",
      { ...refusedOnce, overrideUsedAt: later(-5) },
      { override: later(-5) },
      told("NOT_SENT_AGAIN", 180),
    ],
    [
      "a word of somebody who had not seen that another was used",
      { ...refusedOnce, overrideUsedAt: later(-5) },
      { override: later(-6) },
      told("NOT_SENT_AGAIN", 180),
    ],
    [
      "a word of somebody who had not seen the newest refusal",
      refusedTwice,
      { secret: "c", override: later(-60) },
      told("ACCOUNT_STOPPED", 60),
    ],
    [
      "a word of somebody who saw all that happened",
      { ...refusedTwice, overrideUsedAt: later(-70) },
      { override: later(-59) },
      goOnOverride,
    ],
    ["a word where none is needed", fresh, { override: now }, go],
    ["the secret of the attempt under way", { ...fresh, lease }, {}, { kind: "share", leaseId: "one" }],
    ["another secret meanwhile", { ...fresh, lease }, { secret: "b" }, { kind: "turn", leaseId: "one" }],
    [
      "another secret meanwhile, on a word",
      { ...fresh, lease },
      { secret: "b", override: now },
      { kind: "turn", leaseId: "one" },
    ],
    ["an attempt whose holder was killed", { ...fresh, lease: { ...lease, until: now } }, {}, go],
    [
      "an account of which two attempts got lost",
      { ...fresh, refusals: 2 },
      {},
      { kind: "refuse", outcome: expect.objectContaining({ reason: "ACCOUNT_STOPPED", steps: [] }) },
    ],
    ["the same on somebody's word", { ...fresh, refusals: 2 }, { override: now }, goOnOverride],
  ])("judges %s", (_what, state, changes, decision) => {
    expect(decide(state, { ...request, ...changes }, now)).toEqual(decision);
  });

  it("waits for as long as the server asked, whatever the override", () => {
    const requested = settle(fresh, "a", failed("RATE_LIMITED", { retryAfterSeconds: 30 }), now);
    for (const override of [null, later(12)]) {
      expect(decide(requested, { ...request, secret: "b", override }, later(12.4))).toMatchObject({
        kind: "refuse",
        outcome: { reason: "RATE_LIMITED", retryAfterSeconds: 18, steps: [] },
      });
    }
    expect(decide(requested, request, later(30))).toEqual(go);
    const starting = settle(fresh, "a", failed("STARTING", { retryAfterSeconds: 30 }), now);
    expect(decide(starting, request, later(29))).toMatchObject({ outcome: { reason: "STARTING" } });
  });

  it("keeps away for an hour at most, however long a server asks", () => {
    const requested = settle(fresh, "a", failed("RATE_LIMITED", { retryAfterSeconds: 9e9 }), now);
    expect(decide(requested, request, later(3599))).toMatchObject({ kind: "refuse" });
    expect(decide(requested, request, later(3600))).toEqual(go);
  });

  it("counts an attempt that ran out as refused, and one under way not yet", () => {
    const lost = { ...refusedOnce, lease: { ...lease, until: now } };
    expect(countLost(lost, now)).toEqual({ ...refusedOnce, refusals: 2 });
    expect(countLost({ ...lost, lease }, now)).toEqual({ ...lost, lease });
    expect(countLost(refusedOnce, now)).toEqual(refusedOnce);
  });

  it("clears refusals only when the account signs in", () => {
    for (const outcome of [verified, failed("NOT_PERMITTED")]) {
      expect(settle(refusedTwice, "c", outcome, now)).toMatchObject({ refusals: 0, refused: null });
    }
    for (const reason of failureReasons) {
      if (reason === "NOT_PERMITTED") continue;
      const after = settle(refusedTwice, "c", failed(reason), now);
      expect(after.refusals, reason).toBe(refusalReasonOf(reason) ? 3 : 2);
    }
  });

  it("counts Bitbucket's own refusals of a sign-in, and no other failures", () => {
    expect(failureReasons.filter((reason) => refusalReasonOf(reason))).toEqual([
      "SECRET_REJECTED",
      "PASSWORD_EXPIRED",
      "ACCOUNT_DEACTIVATED",
      "ACCOUNT_LOCKED",
      "CREDENTIAL_IGNORED",
    ]);
  });
});

type Step = {
  secret: string;
  saysWord: boolean;
  /** The age of what the user has seen. */
  seenSecondsAgo: number;
  isRight: boolean;
  passes: boolean;
  seconds: number;
};

/** Plays attempts one after the other against a server, as `withLockoutProtection` does, and gives what reached it. */
function play(steps: readonly Step[]) {
  let state = fresh;
  let at = now;
  const sent: { secret: string; override: Date | null; outcome: CheckOutcome }[] = [];
  for (const { secret, saysWord, seenSecondsAgo, isRight, passes, seconds } of steps) {
    at = new Date(at.getTime() + seconds * 1000);
    const override = saysWord ? new Date(at.getTime() - seenSecondsAgo * 1000) : null;
    const decision = decide(state, { ...request, secret, override }, at);
    if (decision.kind === "refuse") expect(isHeldBack(decision.outcome)).toBe(true);
    if (decision.kind !== "go") continue;
    const outcome = passes ? failed("UNREACHABLE") : isRight ? verified : failed("SECRET_REJECTED");
    sent.push({ secret, override: decision.usesOverride ? override : null, outcome });
    state = settle(
      { ...state, ...(decision.usesOverride ? { overrideUsedAt: at } : {}) },
      secret,
      outcome,
      at,
    );
  }
  return sent;
}

const stepsWith = (changes: Partial<Record<keyof Step, fc.Arbitrary<unknown>>>) =>
  fc.array(
    fc.record({
      secret: fc.constantFrom("a", "b", "c", "d"),
      saysWord: fc.boolean(),
      seenSecondsAgo: fc.constantFrom(0, 0, 0, 1, 60, 1e6),
      isRight: fc.boolean(),
      passes: fc.boolean(),
      seconds: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 1e6 })),
      ...changes,
    }) as fc.Arbitrary<Step>, // The changes are arbitraries of the same fields.
    { maxLength: 60 },
  );
const isRefusal = ({ outcome }: { outcome: CheckOutcome }) =>
  outcome.kind === "failed" && outcome.reason === "SECRET_REJECTED";

describe("whatever is tried, in any order", () => {
  it("at most two consecutive refusals reach the server without an override", () => {
    fc.assert(
      fc.property(stepsWith({ saysWord: fc.constant(false) }), (steps) => {
        let inARow = 0;
        for (const one of play(steps)) {
          if (isRefusal(one)) inARow += 1;
          if (one.outcome.kind === "verified") inARow = 0;
          expect(inARow).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it("a refused secret is not sent next without an override, until the account signs in", () => {
    fc.assert(
      fc.property(stepsWith({}), (steps) => {
        let refused: string | null = null;
        for (const one of play(steps)) {
          if (!one.override) expect(one.secret).not.toBe(refused);
          if (isRefusal(one)) refused = one.secret;
          if (one.outcome.kind === "verified") refused = null;
        }
      }),
    );
  });

  it("each override permits one attempt; at most two refusals plus one per override reach the server in a row", () => {
    fc.assert(
      fc.property(stepsWith({ isRight: fc.constant(false) }), (steps) => {
        const sent = play(steps);
        const words = sent.flatMap(({ override }) => (override ? [override.getTime()] : []));
        expect(new Set(words).size).toBe(words.length);
        expect(sent.filter(isRefusal).length).toBeLessThanOrEqual(2 + words.length);
      }),
    );
  });
});

describe("refusals of requests that were under way together", () => {
  const refuse = (state: LockoutState, secret: string) =>
    settleUnderWay(state, secret, failed("SECRET_REJECTED"), now);

  it("count once, so that another secret may be tried", () => {
    const twice = refuse(refuse(fresh, "a"), "a");
    expect(twice).toMatchObject({ refusals: 1, refused: { secret: "a" } });
    expect(decide(twice, { ...request, secret: "b" }, later(1))).toEqual(go);
  });

  it("are not taken back by a check that had proven the secret before", () => {
    const refused = refuse(fresh, "a");
    expect(settleUnderWay(refused, "a", verified, now)).toEqual(refused);
    expect(settleUnderWay(refused, "b", verified, now)).toMatchObject({ refusals: 0, refused: null });
  });

  it("count each if they were of two secrets", () => {
    expect(refuse(refuse(fresh, "a"), "b")).toMatchObject({ refusals: 2, refused: { secret: "b" } });
  });
});
