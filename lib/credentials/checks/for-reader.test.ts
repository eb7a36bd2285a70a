import { describe, expect, it } from "vitest";
import { describeFailure } from "@/lib/connectors/bitbucket-server/reasons";
import { type FailureReason, failureReasons } from "@/lib/connectors/types";
import { forReader } from "./for-reader";

function described(reason: FailureReason, mayReplace: boolean, isSuspended = false) {
  const failure = { kind: "failed", step: "signedIn", reason, steps: [] } as const;
  const words = describeFailure(failure, { scheme: "bearer", keyInUsernameField: false });
  return { words, told: forReader(words, reason, { mayReplace, ownerName: "Jane Citizen", isSuspended }) };
}

describe("a failed check of a stored credential", () => {
  it.each([
    ["SECRET_REJECTED", "Ask the owner, Jane Citizen, or an administrator of it to replace its secret."],
    ["PASSWORD_EXPIRED", "Ask the owner, Jane Citizen, or an administrator of it to replace its secret."],
    ["NOT_BITBUCKET", "Ask the owner, Jane Citizen, or an administrator of it to correct its base URL."],
    [
      "ACCOUNT_LOCKED",
      "Ask the owner, Jane Citizen, or an administrator of it to sign in to Bitbucket in the browser once and solve the CAPTCHA, then to check the credential again.",
    ],
  ] as const)("tells a collaborator after %s whom to ask for what", (reason, cure) => {
    expect(described(reason, false).told).toMatchObject({ cure, whose: "the credential's owner" });
  });

  it("names no owner whose account is disabled", () => {
    for (const reason of ["SECRET_REJECTED", "UNREACHABLE"] as const) {
      const { cure } = described(reason, false, true).told;
      expect(cure).toMatch(/ask an administrator of it to/i);
      expect(cure).not.toMatch(/Jane/);
    }
  });

  it("leaves to a collaborator what anyone can do: to check again later", () => {
    const { told } = described("UNREACHABLE", false);
    expect(told).toMatchObject({
      whose: "you",
      cure: expect.stringMatching(/^Check again later\. .*Jane Citizen/),
    });
    expect(described("STARTING", false).told).toEqual(described("STARTING", false).words);
  });

  it.each(failureReasons)("tells users who may replace the secret the cure itself: %s", (reason) => {
    const { words, told } = described(reason, true);
    expect(told).toEqual(words);
  });

  it.each(failureReasons)("keeps what was found, and the server's or network's part: %s", (reason) => {
    const { words, told } = described(reason, false);
    expect(told.title).toBe(words.title);
    if (words.whose !== "you") expect(told).toEqual(words);
  });
});
