import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
import { newestCommit } from "./newest-commit";
import { type Sandbox, startSandbox } from "./start";

const asJane = bearer(sandboxKeys.janeRead.value);
const build = { key: "NIGHTLY", state: "SUCCESSFUL", url: "https://ci.fernwood.example/builds/7" };
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const call = (method: string, path: string, body?: unknown, authorization: string | undefined = asJane) =>
  ask(`${sandbox.origin}/rest/${path}`, { method, authorization, body });

test("a build status is stored, found by its key, and replaced by the next with that key", async () => {
  const path = `api/1.0/projects/DATA/repos/event-lake/commits/${await newestCommit(sandbox)}/builds`;
  expect((await call("POST", path, build)).status).toBe(204);
  expect((await call("GET", `${path}?key=NIGHTLY`)).json).toMatchObject(build);
  expect((await call("POST", path, { ...build, state: "CANCELLED" })).status).toBe(204);
  expect((await call("GET", `${path}?key=NIGHTLY`)).json).toMatchObject({ state: "CANCELLED" });
  expect((await call("GET", `${path}?key=OTHER`)).status).toBe(404);
  expect((await call("GET", path)).status).toBe(400);
});

test("a build status for a missing commit is 404, and for an archived repository 409", async () => {
  const missing = `api/1.0/projects/DATA/repos/event-lake/commits/${"00".repeat(20)}/builds`;
  expect((await call("POST", missing, build)).status).toBe(404);
  const archived = `api/1.0/projects/DATA/repos/legacy-etl/commits/${await newestCommit(sandbox, "DATA/legacy-etl")}/builds`;
  expect((await call("POST", archived, build)).status).toBe(409);
});

test("the old build status takes any commit id of 40 digits, three states, one status per key, and only signed-in callers", async () => {
  const path = `build-status/1.0/commits/${"0f".repeat(20)}`;
  expect((await call("POST", path, build)).status).toBe(204);
  expect((await call("GET", path)).json).toMatchObject({ size: 1, values: [build] });
  await call("POST", path, { ...build, state: "FAILED" });
  expect((await call("GET", path)).json).toMatchObject({ size: 1, values: [{ state: "FAILED" }] });
  expect((await call("POST", path, { ...build, state: "CANCELLED" })).status).toBe(400);
  expect((await call("POST", "build-status/1.0/commits/short", build)).status).toBe(400);
  expect((await call("POST", path, build, "")).status).toBe(401);
});

test("a comment is stored, returned with its address, and listed among the activities", async () => {
  const pull = "api/1.0/projects/DATA/repos/event-lake/pull-requests/4";
  const made = await call("POST", `${pull}/comments`, { text: "Looks <b>good</b>" });
  expect(made.status).toBe(201);
  expect(made.headers.location).toBe(`${sandbox.origin}/rest/${pull}/comments/1`);
  expect(made.json).toMatchObject({
    id: 1,
    version: 0,
    text: "Looks <b>good</b>",
    author: { name: "jcitizen" },
  });
  expect((await call("GET", `${pull}/activities`)).json).toMatchObject({
    values: [{ action: "COMMENTED", comment: { id: 1 } }, { action: "OPENED" }],
  });
  sandbox.reset();
  expect((await call("GET", `${pull}/activities`)).json).toMatchObject({ size: 1 });
});

test("a comment without text is refused with the field's name, and one on a missing pull request is 404", async () => {
  const pulls = "api/1.0/projects/DATA/repos/event-lake/pull-requests";
  const empty = await call("POST", `${pulls}/4/comments`, { text: "  " });
  expect([empty.status, empty.json]).toMatchObject([400, { errors: [{ context: "text" }] }]);
  expect((await call("POST", `${pulls}/99/comments`, { text: "Hello" })).status).toBe(404);
});

test("data written to one instance is unknown to another", async () => {
  const path = `build-status/1.0/commits/${"0f".repeat(20)}`;
  await call("POST", path, build);
  const other = await ask(`${sandbox.url("/bitbucket")}/rest/${path}`, { authorization: asJane });
  expect(other.json).toMatchObject({ size: 0 });
});
