import { describe, expect, it } from "vitest";
import { type FailedOutcome, type FailureReason, failureReasons } from "@/lib/connectors/types";
import { verified } from "@/lib/testing/credentials";
import { awaitsOverride, decide, isHeldBack, type LockoutState, settle, turnDidNotCome } from "./rules";

const now = new Date("2026-11-25T12:00:00Z");
const fresh: LockoutState = { refusals: 0, refused: null, wait: null, lease: null, overrideUsedAt: null };
const request = { secret: "a", override: null, refusedBefore: null };
const steps = [{ name: "address", state: "passed", durationMs: 0 }] as const;
const failed = (reason: FailureReason, more: Partial<FailedOutcome> = {}): FailedOutcome => ({
  kind: "failed",
  step: "signedIn",
  reason,
  steps,
  ...more,
});

describe("an outcome of an attempt that was held back", () => {
  it("is told from one of a request by its missing steps", () => {
    expect(isHeldBack(turnDidNotCome)).toBe(true);
    expect(isHeldBack(failed("SECRET_REJECTED"))).toBe(false);
    expect(isHeldBack({ ...verified, steps })).toBe(false);
  });

  it("offers Try again after a refusal, and for no other reason", () => {
    expect(failureReasons.filter((reason) => awaitsOverride(failed(reason)))).toEqual([
      "NOT_SENT_AGAIN",
      "ACCOUNT_STOPPED",
      "CAPTCHA_AWAITED",
    ]);
  });

  it("is a failed sign-in with the reason and its age, and nothing more", () => {
    const refused = settle(fresh, "a", failed("SECRET_REJECTED"), new Date(now.getTime() - 7_000));
    expect(decide(refused, request, now)).toEqual({
      kind: "refuse",
      outcome: {
        kind: "failed",
        step: "signedIn",
        reason: "NOT_SENT_AGAIN",
        refusedSecondsAgo: 7,
        steps: [],
      },
    });
  });

  it("says that the portal is busy where its turn did not come, and blames no sign-in", () => {
    expect(turnDidNotCome).toEqual({ kind: "failed", step: "connection", reason: "PORTAL_BUSY", steps: [] });
  });
});

describe("a time to wait", () => {
  const waitAfter = (outcome: FailedOutcome) => settle(fresh, "a", outcome, now).wait;

  it("follows an answer that asks for it with a time, and no other failure", () => {
    const waiting = failureReasons.filter((reason) => waitAfter(failed(reason, { retryAfterSeconds: 30 })));
    expect(waiting).toEqual(["STARTING", "RATE_LIMITED"]);
    expect(waitAfter(failed("RATE_LIMITED", { retryAfterSeconds: 30 }))).toEqual({
      reason: "RATE_LIMITED",
      until: new Date(now.getTime() + 30_000),
    });
  });

  it.each(["STARTING", "RATE_LIMITED"] as const)("is not made up where %s names none", (reason) => {
    expect(settle(fresh, "a", failed(reason), now)).toEqual(fresh);
  });
});
