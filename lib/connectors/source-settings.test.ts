import { describe, expect, test } from "vitest";
import { mostChosen, parseSettings, type TypedSettings } from "./source-settings";
import { streamsOf } from "./stream-catalogues";

const kind = "bitbucket-server";
const everything = { kind: "everything" };
const errorsOf = (typed: Partial<TypedSettings>) => {
  const parsed = parseSettings(kind, { stream: "commits", parameters: {}, scope: everything, ...typed });
  return parsed.ok ? {} : parsed.fieldErrors;
};
const project = { id: 3, key: "SHOP", name: "Web Shop" };
const repository = { id: 31, projectKey: "SHOP", slug: "storefront", name: "Storefront" };

test("every stream can be saved with nothing chosen, but for the path of a manual request", () => {
  for (const { id } of streamsOf(kind)) {
    const parsed = parseSettings(kind, {
      stream: id,
      parameters: { path: "/rest/api/1.0/groups" },
      scope: everything,
    });
    expect([id, parsed.ok]).toEqual([id, true]);
  }
  expect(Object.keys(errorsOf({ stream: "manual" }))).toEqual(["path"]);
});

test("names of streams and columns are unique, `extra` is last, and keys are columns", () => {
  const ids = streamsOf(kind).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { columns, key } of streamsOf(kind)) {
    const names = columns.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.at(-1)).toBe("extra");
    expect(key.filter((name) => !names.includes(name))).toEqual([]);
  }
});

test("missing parameters get their defaults, those of other streams are dropped", () => {
  const parsed = parseSettings(kind, {
    stream: "commits",
    parameters: { state: "OPEN", branchName: " main " },
    scope: everything,
  });
  expect(parsed).toEqual({
    ok: true,
    settings: { stream: "commits", parameters: { branch: "default", branchName: "main" }, scope: everything },
  });
});

test.each<[string, Partial<TypedSettings>, Record<string, unknown>]>([
  ["an unknown stream", { stream: "wikis" }, { stream: expect.stringMatching(/^Choose/) }],
  ["an unknown choice", { parameters: { branch: "some" } }, { branch: expect.stringMatching(/^Choose/) }],
  [
    "a named branch without a name",
    { parameters: { branch: "named" } },
    { branchName: expect.stringMatching(/^Enter/) },
  ],
  [
    "invisible characters",
    { parameters: { branchName: "a\u0000b" } },
    { branchName: expect.stringMatching(/invisible/) },
  ],
  ["no scope", { scope: null }, { scope: expect.stringMatching(/^Choose/) }],
  [
    "a scope that the stream does not have",
    { stream: "users", scope: { kind: "projects", projects: [project] } },
    { scope: expect.any(String) },
  ],
  [
    "no project",
    { scope: { kind: "projects", projects: [] } },
    { scope: expect.stringMatching(/at least one/) },
  ],
  [
    "too many repositories",
    {
      scope: {
        kind: "repositories",
        repositories: Array.from({ length: mostChosen + 1 }, (_, id) => ({ ...repository, id })),
      },
    },
    { scope: expect.stringMatching(/500/) },
  ],
  [
    "a repository without its project",
    { scope: { kind: "repositories", repositories: [{ id: 1, slug: "x", name: "x" }] } },
    { scope: expect.any(String) },
  ],
  [
    "webhooks of projects, chosen by repositories",
    {
      stream: "webhooks",
      parameters: { level: "project" },
      scope: { kind: "repositories", repositories: [repository] },
    },
    { scope: expect.any(String) },
  ],
])("refuses %s", (_name, typed, expected) => {
  expect(errorsOf(typed)).toEqual(expected);
});

test("the same repository twice is one", () => {
  const parsed = parseSettings(kind, {
    ...{ stream: "commits", parameters: {} },
    scope: { kind: "repositories", repositories: [repository, { ...repository, name: "Other" }] },
  });
  expect(parsed).toMatchObject({ settings: { scope: { repositories: [repository] } } });
});

describe("a manual request", () => {
  const manual = (parameters: Record<string, string>) => errorsOf({ stream: "manual", parameters });

  test.each([
    ["/rest/api/1.0/admin/groups?filter=a"],
    [" /rest/api/1.0/projects/~jane/repos "],
    ["/rest/api/1.0/projects/A%20B/repos#top"],
    ["/rest/api/latest/projects/K/repos/a..b/commits"],
  ])("may read %s", (path) => {
    expect(manual({ path })).toEqual({});
  });

  test.each([
    ["", "nothing"],
    ["https://elsewhere.example/rest/api/1.0/projects", "another server"],
    ["//elsewhere.example/rest/x", "another server without a scheme"],
    ["/projects/KEY", "a page"],
    ["/scm/key/repo.git", "git"],
    ["rest/api/1.0/projects", "a relative path"],
    ["/rest/../admin", "a step up"],
    ["/rest/%2e%2E/admin", "an encoded step up"],
    ["/rest/.;x/admin", "a step with a parameter"],
    ["/rest/api%2F..%2F..", "encoded slashes"],
    ["/rest//elsewhere", "two slashes"],
    ["/rest/api\\..\\..", "backslashes"],
    ["/rest/a b", "a space"],
    ["/rest/ü", "an unencoded character"],
    ["/rest/100%", "half an escape"],
    ["/restless", "a path that only begins like it"],
  ])("may not read %s: %s", (path) => {
    expect(Object.keys(manual({ path }))).toEqual(["path"]);
  });

  test("says what is wrong with a pointer and with query parameters", () => {
    const path = "/rest/api/1.0/projects";
    for (const records of ["", "values", "/", "/values", "/a~1b/0"])
      expect(manual({ path, records })).toEqual({});
    for (const records of ["items", "/a//b", "/a~2", "$.items"]) {
      expect(Object.keys(manual({ path, records }))).toEqual(["records"]);
    }
    expect(Object.keys(manual({ path, query: "?a=b" }))).toEqual(["query"]);
  });
});
