import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";
import { writer } from "./writer";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const jane = () => writer(sandbox, bearer(sandboxKeys.janeWrite.value));
const lake = "projects/DATA/repos/event-lake";
const utils = `branch-utils/1.0/${lake}/branches`;

test("a branch begins at a commit, branch or tag, is listed, and its name can be taken once", async () => {
  const tag = await jane().get(`api/1.0/${lake}/tags?filterText=v1.1.0`);
  const made = await jane().post(`api/1.0/${lake}/branches`, { name: "release/2.x", startPoint: "v1.1.0" });
  expect(made.status).toBe(200);
  expect(made.json).toMatchObject({ id: "refs/heads/release/2.x", displayId: "release/2.x" });
  expect(tag.text).toContain(String(Object(made.json).latestCommit));
  expect((await jane().get(`api/1.0/${lake}/branches?filterText=release/2`)).json).toMatchObject({ size: 1 });
  const again = await jane().post(`api/1.0/${lake}/branches`, { name: "release/2.x", startPoint: "main" });
  expect([again.status, again.json]).toMatchObject([
    409,
    { errors: [{ message: "Branch 'release/2.x' already exists." }] },
  ]);
});

test("the older resource answers 201, and 400 for a taken name", async () => {
  expect((await jane().post(utils, { name: "topic/a", startPoint: "refs/heads/main" })).status).toBe(201);
  expect((await jane().post(utils, { name: "refs/heads/topic/a", startPoint: "main" })).status).toBe(400);
});

test("a missing start and a bad name are refused, and so are readers and archived repositories", async () => {
  const path = `api/1.0/${lake}/branches`;
  expect((await jane().post(path, { name: "a", startPoint: "nowhere" })).status).toBe(404);
  for (const name of ["", "a b", "a..b", "a.lock", "-a", "a/"]) {
    expect((await jane().post(path, { name, startPoint: "main" })).json).toMatchObject({
      errors: [{ context: "name" }],
    });
  }
  const reader = writer(sandbox, bearer(sandboxKeys.janeRead.value));
  const denied = await reader.post(path, { name: "a", startPoint: "main" });
  expect([denied.status, denied.headers["x-ausername"], denied.json]).toMatchObject([
    401,
    "jcitizen",
    { errors: [{ exceptionName: "com.atlassian.bitbucket.AuthorisationException" }] },
  ]);
  const archived = "api/1.0/projects/DATA/repos/legacy-etl/branches";
  expect((await jane().post(archived, { name: "a", startPoint: "main" })).status).toBe(409);
});

test("a branch is deleted at its commit, not in a dry run, and never the default one", async () => {
  await jane().post(`api/1.0/${lake}/branches`, { name: "old", startPoint: "main" });
  const list = () => jane().get(`api/1.0/${lake}/branches?filterText=old`);
  expect((await jane().remove(utils, { name: "old", endPoint: "0".repeat(40) })).status).toBe(409);
  expect((await jane().remove(utils, { name: "old", dryRun: true })).status).toBe(204);
  expect((await list()).json).toMatchObject({ size: 1 });
  expect((await jane().remove(utils, { name: "refs/heads/old" })).status).toBe(204);
  expect((await list()).json).toMatchObject({ size: 0 });
  expect((await jane().remove(utils, { name: "old" })).status).toBe(404);
  expect((await jane().remove(utils, { name: "main" })).status).toBe(409);
});

test("a tag with a message is annotated, one without is not, and a taken name is 409", async () => {
  const path = `api/1.0/${lake}/tags`;
  const tag = { name: "nightly/1", startPoint: "main" };
  expect((await jane().post(path, tag)).json).toMatchObject({ id: "refs/tags/nightly/1", hash: null });
  const annotated = await jane().post(path, { ...tag, name: "nightly/2", message: "Good" });
  expect([annotated.status, annotated.json]).toMatchObject([200, { hash: expect.any(String) }]);
  expect((await jane().post(path, tag)).status).toBe(409);
  expect((await jane().get(`${path}?filterText=nightly`)).json).toMatchObject({ size: 2 });
  expect((await jane().remove(`git/1.0/${lake}/tags/nightly/1`)).status).toBe(204);
  expect((await jane().get(`${path}?filterText=nightly`)).json).toMatchObject({ size: 1 });
});
