import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { basic, bearer } from "./ask";
import { reader } from "./read";
import { type Sandbox, startSandbox } from "./start";

const { ana } = sandboxAccounts;
const asAna = basic(ana.name, ana.password);
const lake = "projects/DATA/repos/event-lake";
const user = expect.objectContaining({ id: expect.any(Number), name: expect.any(String), type: "NORMAL" });
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const read = () => reader(sandbox, asAna);

test.each([
  [
    `api/1.0/${lake}/webhooks`,
    { id: expect.any(Number), events: expect.any(Array), configuration: { secret: expect.any(String) } },
  ],
  ["api/1.0/projects/DATA/webhooks", { scopeType: "project" }],
  [
    "api/1.0/projects/SHOP/repos/storefront/permissions/users",
    { user: { name: "jcitizen" }, permission: "REPO_ADMIN" },
  ],
  ["api/1.0/projects/DATA/permissions/users", { user: { name: "jcitizen" }, permission: "PROJECT_WRITE" }],
  ["api/1.0/projects/DATA/permissions/groups", { group: { name: "everybody" }, permission: "PROJECT_READ" }],
  [
    "api/1.0/projects/DATA/repos/dbt-models/permissions/groups",
    { group: { name: "release-managers" }, permission: "REPO_ADMIN" },
  ],
  [
    `branch-permissions/latest/${lake}/restrictions`,
    { type: "no-deletes", matcher: { type: { id: "BRANCH" } } },
  ],
  [
    `api/1.0/${lake}/ref-change-activities`,
    { trigger: "push", refChange: { refId: "refs/heads/main", type: "UPDATE" } },
  ],
  [
    `keys/latest/${lake}/ssh`,
    { key: { algorithmType: "ED25519" }, repository: { id: 13 }, permission: "REPO_READ" },
  ],
  ["keys/latest/projects/DATA/ssh", { project: { key: "DATA" }, permission: "PROJECT_WRITE" }],
  [`api/1.0/${lake}/labels`, { name: expect.any(String) }],
  ["api/1.0/labels", { name: "archive-soon" }],
  [
    "access-tokens/latest/projects/DATA",
    { name: "projectData", permissions: ["PROJECT_WRITE", "REPO_WRITE"] },
  ],
])("%s is a page of such values", async (path, shape) => {
  const [first] = await read().values(path);
  expect(first).toMatchObject(shape);
});

test.each([
  `api/1.0/${lake}/webhooks`,
  "api/1.0/projects/DATA/permissions/users",
  `branch-permissions/latest/${lake}/restrictions`,
  `api/1.0/${lake}/ref-change-activities`,
  `keys/latest/${lake}/ssh`,
  `access-tokens/latest/${lake}`,
])("%s is 401 with the account's name for one who may only write", async (path) => {
  const reply = await reader(sandbox, bearer(sandboxKeys.janeWrite.value)).get(path);
  expect([reply.status, reply.headers["x-ausername"], reply.text]).toEqual([
    401,
    "jcitizen",
    expect.stringContaining("com.atlassian.bitbucket.AuthorisationException"),
  ]);
});

test("default reviewers are a plain list, groups are plain names, and a group has members", async () => {
  expect(await read().answer(`default-reviewers/latest/${lake}/conditions`)).toMatchObject([
    200,
    [{ reviewers: [user], requiredApprovals: 1 }],
  ]);
  expect(await read().values("api/1.0/groups")).toContain("data-engineers");
  expect(await read().values("api/1.0/users?group=data-engineers")).toMatchObject([{ name: "jcitizen" }]);
  expect(await read().values("api/1.0/users?group=nobody")).toEqual([]);
});
