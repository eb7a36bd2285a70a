import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";

const { jane, omar, ana } = sandboxAccounts;
const asJane = bearer(sandboxKeys.janeWrite.value);
const pageSchema = z.object({
  values: z.array(z.looseObject({ slug: z.string().optional(), key: z.string().optional() })),
  nextPageStart: z.number().optional(),
});
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function get(path: string, authorization?: string, instance = "/") {
  return ask(`${sandbox.url(instance)}/rest/api/1.0/${path}`, { authorization });
}
async function names(path: string, authorization?: string, instance = "/") {
  const page = pageSchema.parse((await get(path, authorization, instance)).json);
  return page.values.map((value) => value.slug ?? value.key);
}

test("the list of projects skips the unreadable first one", async () => {
  const page = pageSchema.parse((await get("projects?limit=1", asJane)).json);
  expect([page.values.map((value) => value.key), page.nextPageStart]).toEqual([["DATA"], 2]);
  expect(await names("projects", asJane)).toEqual(["DATA", "~JCITIZEN", "OSS", "PAY", "SHOP"]);
});

test("a right on one repository shows its project, but not the project's other repositories", async () => {
  expect((await get("projects/PAY", asJane)).status).toBe(200);
  expect((await get("projects/PAY/repos/ledger", asJane)).status).toBe(200);
  expect((await get("projects/PAY/repos/card-vault", asJane)).status).toBe(401);
  expect((await get("projects/PAY/repos", asJane)).status).toBe(401);
});

test("a level filter lists what the account and its key both allow", async () => {
  const password = basic(jane.name, jane.password);
  expect(await names("repos?permission=REPO_ADMIN", password)).toEqual(["notes", "storefront"]);
  expect(await names("repos?permission=REPO_ADMIN", asJane)).toEqual([]);
  expect(await names("repos?permission=REPO_WRITE&projectkey=SHOP", asJane)).toEqual(["storefront"]);
  expect(await names("repos?permission=REPO_WRITE", bearer(sandboxKeys.janeRead.value))).toEqual([]);
  expect(await names("projects?permission=PROJECT_WRITE", asJane)).toEqual(["DATA", "~JCITIZEN"]);
});

test("a project key sees its project, a repository key its repository, and a new account nothing", async () => {
  const project = bearer(sandboxKeys.projectData.value);
  expect(await names("projects", project)).toEqual(["DATA"]);
  expect(await names("repos?permission=REPO_WRITE", project)).toEqual([
    "airflow-dags",
    "dbt-models",
    "event-lake",
    "scratch",
  ]);
  const repository = bearer(sandboxKeys.repositoryLedger.value);
  expect(await names("repos", repository)).toEqual(["ledger"]);
  const nothing = bearer(sandboxKeys.tamRead.value);
  expect(await names("projects", nothing)).toEqual([]);
  expect(await names("repos", nothing)).toEqual([]);
});

test("archived repositories are listed only on request, and an old server has no archive", async () => {
  const list = (query: string, instance?: string) =>
    names(`repos?projectname=Data${query}`, asJane, instance);
  expect(await list("")).not.toContain("legacy-etl");
  expect(await list("&archived=ARCHIVED")).toEqual(["legacy-etl"]);
  expect(await list("&archived=ALL")).toContain("legacy-etl");
  expect(await list("", "/stash")).toContain("legacy-etl");
  expect((await get("projects/DATA/repos/legacy-etl", asJane, "/stash")).json).not.toHaveProperty("archived");
});

test("repositories are found by part of their name, by project and by visibility", async () => {
  expect(await names("repos?name=LAKE", asJane)).toEqual(["event-lake"]);
  expect(await names("repos?visibility=public", asJane)).toEqual(["csv-tidy"]);
  expect(await names("repos?visibility=private&projectkey=oss", asJane)).toEqual([]);
});

test("anonymous callers see public items with public access on, and none with a permission filter", async () => {
  expect(await names("projects", undefined, "/public")).toEqual(["OSS"]);
  expect(await names("repos", undefined, "/public")).toEqual(["csv-tidy"]);
  expect(await names("repos?permission=REPO_READ", undefined, "/public")).toEqual([]);
  expect(await names("projects")).toEqual([]);
  expect(await names("repos")).toEqual([]);
});

test.each(["users", "users/jcitizen", "profile/recent/repos", "admin/rate-limit/settings"])(
  "%s is for signed-in callers only",
  async (path) => {
    expect((await get(path, undefined, "/public")).status).toBe(401);
    expect((await get(path, asJane, "/public")).status).toBe(200);
  },
);

test("a user is found by slug or filter, not by a differing name, and service accounts are not users", async () => {
  expect((await get(`users/${encodeURIComponent(omar.name)}`, asJane)).status).toBe(404);
  expect((await get("users/omar.haddad_fernwood.example", asJane)).json).toMatchObject({
    name: omar.name,
    slug: omar.slug,
    type: "NORMAL",
    links: { self: [{ href: `${sandbox.origin}/users/${omar.slug}` }] },
  });
  expect(await names("users?filter=LINDQ", asJane)).toEqual(["zlindqvist"]);
  expect(await names("users", asJane)).not.toContain("rmoreau");
  expect((await get("users/access-key-data", asJane)).status).toBe(404);
});

test("an empty repository has no default branch, no branches and no commits", async () => {
  const scratch = "projects/DATA/repos/scratch";
  for (const path of ["branches/default", "default-branch"]) {
    const reply = await get(`${scratch}/${path}`, asJane);
    expect([reply.status, reply.text]).toEqual([204, ""]);
  }
  expect(await names(`${scratch}/branches`, asJane)).toEqual([]);
  const commits = await get(`${scratch}/commits`, asJane);
  expect(commits.status).toBe(404);
  expect(commits.text).toContain("No default branch is defined");
});

test("commits are listed newest first, from until down to but without since", async () => {
  const lake = "projects/DATA/repos/event-lake";
  const schema = z.object({ values: z.array(z.object({ id: z.string(), authorTimestamp: z.number() })) });
  const all = schema.parse((await get(`${lake}/commits?limit=10`, asJane)).json).values;
  expect(all).toHaveLength(10);
  expect(all.map((one) => one.authorTimestamp)).toEqual(
    all.map((one) => one.authorTimestamp).toSorted((a, b) => b - a),
  );
  const part = await get(`${lake}/commits?until=${all[1]?.id}&since=${all[3]?.id}`, asJane);
  expect(schema.parse(part.json).values).toEqual(all.slice(1, 3));
  const branch = await get(`${lake}/default-branch`, asJane);
  expect(branch.json).toMatchObject({ id: "refs/heads/main", isDefault: true, latestCommit: all[0]?.id });
});

test("only open pull requests are listed by default; dates are numbers up to 10.2 and text from 10.3", async () => {
  const schema = z.object({ values: z.array(z.object({ id: z.number(), createdDate: z.unknown() })) });
  const list = async (query: string) =>
    schema.parse((await get(`projects/DATA/repos/event-lake/pull-requests${query}`, asJane)).json).values;
  expect((await list("")).map((one) => one.id)).toEqual([4, 3]);
  expect((await list("?state=ALL&order=OLDEST")).map((one) => one.id)).toEqual([1, 2, 3, 4]);
  expect((await list(""))[0]?.createdDate).toBeTypeOf("number");
  sandbox.set("/", { version: "10.3.0" });
  expect((await list(""))[0]?.createdDate).toMatch(/^\d{4}-\d\d-\d\dT/);
});

test("a personal project has its owner, a public one is marked, and keys ignore case", async () => {
  expect((await get("projects/~jcitizen", asJane)).json).toMatchObject({
    key: "~JCITIZEN",
    type: "PERSONAL",
    owner: { name: jane.name },
  });
  expect((await get("projects/oss", basic(ana.name, ana.password))).json).toMatchObject({ public: true });
});
