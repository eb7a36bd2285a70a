import { expect, it } from "vitest";
import { failureReasons } from "@/lib/connectors/types";
import { partReasonInWords } from "./part-reason";

const kind = "bitbucket-server";

it("a missing right is told apart from what was deleted", () => {
  expect(partReasonInWords("no-right", kind)).toMatch(/^The account may not read it\. Give it the right/);
  expect(partReasonInWords("gone", kind)).toBe("It was deleted on the server meanwhile.");
});

it.each(failureReasons)("the code %s is never shown as such", (code) => {
  const words = partReasonInWords(code, kind);
  expect(words).toMatch(/^[A-Z].*[a-z].*\.$/s);
  expect(words).not.toContain(code);
});

it("any other text is the server's own, and said to be", () => {
  expect(partReasonInWords("Branch is locked", kind)).toBe("The server said: Branch is locked");
});
