import { expect, test } from "vitest";
import { buildNumberOf, isAtLeast, limitsKeysToRest } from "./versions";

test("versions compare number by number, not as text", () => {
  expect(isAtLeast("10.0.0", "9.4.0")).toBe(true);
  expect(isAtLeast("7.9.0", "7.14.0")).toBe(false);
  expect(isAtLeast("7.14.0", "7.14.0")).toBe(true);
});

test("the build number of 7.11.2 is 7011002", () => {
  expect(buildNumberOf("7.11.2")).toBe("7011002");
  expect(buildNumberOf("10.2.1")).toBe("10002001");
});

test.each([
  ["8.9.21", false],
  ["8.9.22", true],
  ["8.15.3", false],
  ["8.19.11", false],
  ["8.19.12", true],
  ["9.2.5", false],
  ["9.3.1", false],
  ["9.3.2", true],
  ["10.2.1", true],
])("whether %s limits keys to the REST API is %s", (version, expected) => {
  expect(limitsKeysToRest(version)).toBe(expected);
});
