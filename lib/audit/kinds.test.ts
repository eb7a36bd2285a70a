import { describe, expect, it } from "vitest";
import { resultOf } from "./kinds";

describe("the result of an event", () => {
  it.each([
    ["credential.added", "restricted", "done"],
    ["credential.added", "nothing", "done"],
    ["credential.added", "unchecked", "done"],
    ["credential.secret-replaced", "rejected", "done"],
    ["credential.checked", "verified", "done"],
    ["credential.checked", "restricted", "done"],
    ["credential.checked", "rejected", "refused"],
    ["credential.checked", "locked", "refused"],
    ["credential.checked", "nothing", "unanswered"],
    ["credential.check-not-kept", "rejected", "refused"],
    ["credential.refused", "rejected", "refused"],
    ["credential.previous-secret-checked", "rejected", "refused"],
    ["credential.secret-switched-back", "verified", "done"],
    ["user.sign-in-failed", undefined, "refused"],
    ["team.added", undefined, "done"],
  ])("%s with the verdict %s is %s", (event, verdict, result) => {
    expect(resultOf(event, { verdict })).toBe(result);
  });
});
