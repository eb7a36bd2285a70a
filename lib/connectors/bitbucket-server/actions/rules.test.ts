import { expect, test } from "vitest";
import type { Values } from "@/lib/connectors/action";
import { actionCatalogue, findDefinition } from "./all";
import { refNamePattern } from "./ref-names";

const place = { project: "SHOP", repository: "storefront" };

test.each<[string, Values, readonly string[]]>([
  ["pull-request", { ...place, from: "main", to: "refs/heads/main" }, ["from"]],
  ["pull-request", { ...place, from: "main", to: "main", fromProject: "~jane" }, []],
  ["pull-request", { ...place, from: "next", to: "main" }, []],
  ["change-pull-request", { ...place, pullRequest: 1 }, [""]],
  ["change-pull-request", { ...place, pullRequest: 1, draft: false }, []],
  ["webhook", { url: "https://jane:secret@ci.example/" }, ["url"]],
  ["webhook", { url: "https://ci.example/a@b" }, []],
  ["write-file", { path: "../x" }, ["path"]],
  ["write-file", { path: "/x" }, ["path"]],
  ["write-file", { path: "a//b" }, ["path"]],
  ["write-file", { path: ".GIT/config" }, ["path"]],
  ["write-file", { path: "docs/.gitignore" }, []],
  ["grant-right", { project: "A", permission: "REPO_READ" }, ["permission"]],
  ["grant-right", { ...place, permission: "PROJECT_READ" }, ["permission"]],
  ["grant-right", { ...place, permission: "REPO_READ" }, []],
])("%s with %j", (action, values, fields) => {
  const problems = actionCatalogue.refuseValues(action, values);
  expect(problems.map(({ field }) => field ?? "")).toEqual(fields);
  for (const { message } of problems) expect(message).toMatch(/[.…]$/);
});

test.each([
  ["main", true],
  ["feature/x_1.2", true],
  ["ümlaut/🎉", true],
  ["-x", false],
  ["/x", false],
  ["x/", false],
  ["x.lock", false],
  ["a..b", false],
  ["a b", false],
  ["a~1", false],
  ["a@{b", false],
  ["a//b", false],
])("%s as a branch's name: %s", (name, isGood) => {
  expect(new RegExp(`^(?:${refNamePattern.source})$`, "u").test(name)).toBe(isGood);
});

test.each([
  ["SHOP", true],
  ["~jane.doe", true],
  ["..", false],
  ["a/b", false],
  ["a%2fb", false],
  ["a\\b", false],
  ["a?b", false],
])("%s as a project's key: %s", (key, isGood) => {
  const field = findDefinition("branch")?.action.fields.find(({ name }) => name === "project");
  expect(new RegExp(`^(?:${field?.pattern?.source})$`, "u").test(key)).toBe(isGood);
});

test("a target ignores case, and stays short", () => {
  const of = (values: Values) => actionCatalogue.targetOf("branch", values);
  expect(of({ ...place, name: "x" })).toBe(of({ project: "shop", repository: "STOREFRONT", name: "X" }));
  expect(of({ ...place, name: "x".repeat(600) }).length).toBe(500);
  expect(of({ ...place, name: "x" })).not.toBe(of({ ...place, name: "y" }));
});

test("what cannot be taken back has a switch", () => {
  const switches = actionCatalogue.actions.flatMap(({ id, danger }) => (danger ? [`${id}: ${danger}`] : []));
  expect(switches).toEqual(
    expect.arrayContaining([
      "merge-pull-request: merge",
      "decline-pull-request: decline",
      "delete-branch: delete",
      "remove-label: delete",
      "grant-right: grant",
      "manual-deletion: delete",
    ]),
  );
});
