import { expect, test } from "vitest";
import { missingInVersion } from "./missing-in-version";

test.each([
  ["7.2", "7.1.9", "7.2"],
  ["7.2", "7.2.0", null],
  ["7.2", "7.10.1", null],
  ["7.14", "7.2.0", "7.14"],
  ["8.0", "7.21.3", "8.0"],
  ["7.2", "10.4.1", null],
  ["7.2", null, null],
  [null, "5.0.0", null],
])("a stream since %s on a server of %s: missing is %s", (since, server, missing) => {
  expect(missingInVersion(since, server)).toBe(missing);
});
