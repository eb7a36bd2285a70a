import { expect, test } from "vitest";
import { allAccounts, allKeys } from "./accounts";
import { deriveApiKey } from "./api-key";
import { secretFreeTarget } from "./secret-free";

const secrets = [...allKeys.map((key) => key.value), ...allAccounts.map((one) => one.password)].filter(
  Boolean,
);

test("no known secret remains in a path or in a query, encoded or not", () => {
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret)]) {
      const query = new URLSearchParams(`filter=${form}&token=${form}&${form}=1`);
      const shown = secretFreeTarget(`/rest/${form}/users`, query);
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(encodeURIComponent(secret));
    }
  }
});

test.each(["today", "older"] as const)("a key of another server is known by its shape, %s", (look) => {
  const { value } = deriveApiKey("somebody else's", look);
  expect(secretFreeTarget(`/rest/${value}`, new URLSearchParams({ filter: value }))).not.toContain(
    value.slice(0, 20),
  );
});

test("values of unknown parameters are masked, those of known ones are kept", () => {
  const query = new URLSearchParams("limit=1&password=hunter2");
  expect(secretFreeTarget("/rest/api/1.0/projects", query)).toBe(
    "/rest/api/1.0/projects?limit=1&password=[secret]",
  );
});

test("commit ids stay readable", () => {
  const path = `/rest/api/1.0/projects/DATA/repos/event-lake/commits/${"0123456789abcdef".repeat(3).slice(0, 40)}/builds`;
  expect(secretFreeTarget(path, new URLSearchParams())).toBe(path);
});

test("a target is cut at 400 characters", () => {
  expect(secretFreeTarget(`/${"a".repeat(5_000)}`, new URLSearchParams())).toHaveLength(400);
});
