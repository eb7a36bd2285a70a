import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { basic, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";
import { writer } from "./writer";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const ana = (instance = "/") => writer(sandbox, bearer(sandboxKeys.anaAdmin.value), instance);
const jane = () => writer(sandbox, bearer(sandboxKeys.janeWrite.value));
const lake = "api/1.0/projects/DATA/repos/event-lake";
const idSchema = z.looseObject({ id: z.number() });

test("a label is applied once, by an administrator, and taken off again", async () => {
  const labels = `${lake}/labels`;
  const made = await ana().post(labels, { name: "quarterly" });
  expect([made.status, made.json]).toEqual([200, { name: "quarterly" }]);
  const again = await ana().post(labels, { name: "quarterly" });
  expect([again.status, again.json]).toMatchObject([
    400,
    { errors: [{ context: "name", message: "The label quarterly is already applied." }] },
  ]);
  for (const name of ["ab", "UPPER", "with space", "l".repeat(51)]) {
    expect((await ana().post(labels, { name })).status).toBe(400);
  }
  expect((await ana().get(labels)).text).toContain('"quarterly"');
  expect((await ana().get("api/1.0/labels?prefix=qu")).json).toMatchObject({ size: 1 });
  expect((await jane().post(labels, { name: "other" })).status).toBe(401);
  expect((await ana().remove(`${labels}/quarterly`)).status).toBe(204);
  expect((await ana().remove(`${labels}/quarterly`)).status).toBe(404);
});

test("a webhook is made with 201, from 10.0 on with 200, changed, tested and deleted", async () => {
  const hook = {
    name: "Chat",
    url: "https://hooks.fernwood.example/chat",
    events: ["pr:opened"],
    configuration: { secret: "of the hook" },
  };
  const made = await ana().post(`${lake}/webhooks`, hook);
  expect([made.status, made.json]).toMatchObject([201, { ...hook, active: true }]);
  expect((await ana("/ten").post(`${lake}/webhooks`, hook)).status).toBe(200);
  const path = `${lake}/webhooks/${idSchema.parse(made.json).id}`;
  const changed = await ana().put(path, { ...hook, configuration: {}, active: false });
  expect([changed.status, changed.json]).toMatchObject([200, { active: false, configuration: {} }]);
  expect((await ana().get(`${lake}/webhooks?limit=100`)).text).toContain('"Chat"');
  expect((await ana().post(`${lake}/webhooks/test?url=${hook.url}`)).status).toBe(200);
  expect((await ana().post(`${lake}/webhooks/test?webhookId=1`)).status).toBe(500);
  expect(
    (await ana().post(`${lake}/webhooks`, { name: "", url: "x", events: ["never"] })).json,
  ).toMatchObject({
    errors: [{ context: "name" }, { context: "url" }, { context: "events" }],
  });
  expect((await ana().remove(path)).status).toBe(204);
  expect((await ana().get(path)).status).toBe(404);
  expect(sandbox.writes()[0]?.body).not.toContain("of the hook");
});

test("levels are granted to users and groups, whatever they had before, and shown", async () => {
  const path = `${lake}/permissions`;
  const put = (what: string) => ana().put(`${path}/${what}`);
  expect((await put("users?name=tnguyen&permission=REPO_WRITE")).status).toBe(204);
  expect((await put("users?name=tnguyen&permission=REPO_READ")).status).toBe(204);
  expect((await ana().get(`${path}/users`)).json).toMatchObject({
    values: [{ user: { name: "tnguyen" }, permission: "REPO_READ" }],
  });
  const tam = writer(sandbox, bearer(sandboxKeys.tamRead.value));
  expect((await tam.get(lake)).status).toBe(200);
  expect((await put("groups?name=payments-team&permission=REPO_ADMIN")).status).toBe(204);
  expect((await ana().get(`${path}/groups?filter=pay`)).json).toMatchObject({ size: 1 });
  expect((await put("users?name=nobody&permission=REPO_READ")).status).toBe(404);
  expect((await put("users?name=tnguyen&permission=PROJECT_READ")).status).toBe(400);
  const own = "api/1.0/projects/DATA/permissions/users?name=avasquez&permission=PROJECT_READ";
  expect((await ana().put(own)).status).toBe(403);
  expect((await jane().put(`${path}/users?name=tnguyen&permission=REPO_ADMIN`)).status).toBe(401);
});

test("a repository is created empty, once, and takes a first file", async () => {
  const repos = "api/1.0/projects/DATA/repos";
  const made = await ana().post(repos, { name: "Price Lists", scmId: "git", description: "All of them" });
  expect([made.status, made.json]).toMatchObject([
    201,
    { slug: "price-lists", name: "Price Lists", description: "All of them" },
  ]);
  expect((await ana().post(repos, { name: "price lists" })).status).toBe(409);
  expect((await ana().post(repos, { name: "-" })).json).toMatchObject({ errors: [{ context: "name" }] });
  expect((await ana().get(`${repos}/price-lists/branches/default`)).status).toBe(204);
  expect((await jane().post(repos, { name: "Mine" })).status).toBe(401);
});

test("a project is created by who may, with a password and not with a key", async () => {
  const { ana: account } = sandboxAccounts;
  const withPassword = writer(sandbox, basic(account.name, account.password));
  const made = await withPassword.post("api/1.0/projects", { key: "lab", name: "Laboratory" });
  expect([made.status, made.json]).toMatchObject([201, { key: "LAB", name: "Laboratory" }]);
  expect((await withPassword.post("api/1.0/projects", { key: "LAB", name: "Other" })).status).toBe(409);
  expect((await withPassword.post("api/1.0/projects", { key: "9", name: "" })).json).toMatchObject({
    errors: [{ context: "key" }, { context: "name" }],
  });
  expect((await ana().post("api/1.0/projects", { key: "TWO", name: "Two" })).status).toBe(401);
  expect((await withPassword.post("api/1.0/projects/LAB/repos", { name: "first" })).status).toBe(201);
});

test("a deployment is replaced by the next with its key, environment and number", async () => {
  const commits = await jane().get(`${lake}/commits?limit=1`);
  const { values } = z.object({ values: z.tuple([z.object({ id: z.string() })]) }).parse(commits.json);
  const path = `${lake}/commits/${values[0].id}/deployments`;
  const deployment = {
    deploymentSequenceNumber: 7,
    key: "release",
    displayName: "Release",
    description: "To everybody",
    url: "https://ci.fernwood.example/deployments/7",
    state: "IN_PROGRESS",
    environment: { key: "live", displayName: "Live", type: "PRODUCTION" },
  };
  const made = await jane().post(path, deployment);
  expect([made.status, made.json]).toMatchObject([
    200,
    { ...deployment, fromCommit: null, toCommit: { id: values[0].id }, repository: { slug: "event-lake" } },
  ]);
  await jane().post(path, { ...deployment, state: "SUCCESSFUL" });
  const found = `${path}?key=release&environmentKey=live&deploymentSequenceNumber=7`;
  expect((await jane().get(found)).json).toMatchObject({ state: "SUCCESSFUL" });
  expect(
    (await jane().post(path, { ...deployment, state: "DONE", url: "u".repeat(1_025) })).json,
  ).toMatchObject({
    errors: [{ context: "url" }, { context: "state" }],
  });
  sandbox.set("/", { version: "7.15.0" });
  expect((await jane().post(path, deployment)).status).toBe(404);
});
