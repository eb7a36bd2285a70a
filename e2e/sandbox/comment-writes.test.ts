import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
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

const jane = () => writer(sandbox, bearer(sandboxKeys.janeRead.value));
const pull = "api/1.0/projects/DATA/repos/event-lake/pull-requests/4";
const activities = async () => (await jane().get(`${pull}/activities?limit=100`)).json;
const pullSchema = z.looseObject({ version: z.number(), updatedDate: z.number() });

test("a comment moves the date of its pull request, not the version, and makes its author a participant", async () => {
  const storefront = "api/1.0/projects/SHOP/repos/storefront/pull-requests/1";
  const before = pullSchema.parse((await jane().get(storefront)).json);
  await jane().post(`${storefront}/comments`, { text: "One" });
  const after = pullSchema.parse((await jane().get(storefront)).json);
  expect(after.updatedDate).toBeGreaterThan(before.updatedDate);
  expect(after.version).toBe(before.version);
  expect((await jane().get(`${storefront}/participants`)).text).toContain('"name":"jcitizen"');
});

test("a reply stands below its comment, and one to a missing comment is 404", async () => {
  await jane().post(`${pull}/comments`, { text: "Question" });
  const reply = await jane().post(`${pull}/comments`, { text: "Answer", parent: { id: 1 } });
  expect(reply.status).toBe(201);
  expect(await activities()).toMatchObject({
    values: [{ comment: { id: 1, comments: [{ id: 2, text: "Answer" }] } }, { action: "OPENED" }],
  });
  expect((await jane().post(`${pull}/comments`, { text: "x", parent: { id: 77 } })).json).toMatchObject({
    errors: [{ exceptionName: "com.atlassian.bitbucket.comment.NoSuchCommentException" }],
  });
});

test("an anchor puts a comment at a line or a file, and needs a path", async () => {
  const anchor = { path: "src/load.ts", line: 7, lineType: "ADDED", fileType: "TO", diffType: "EFFECTIVE" };
  const made = await jane().post(`${pull}/comments`, { text: "Here", anchor });
  expect(made.json).toMatchObject({ anchor: { ...anchor, orphaned: false } });
  await jane().post(`${pull}/comments`, { text: "The file", anchor: { path: "docs/notes.md" } });
  expect((await jane().get(`${pull}/comments?path=docs/notes.md`)).json).toMatchObject({
    values: [{ text: "The file", anchor: { path: "docs/notes.md" } }],
  });
  expect((await jane().get(`${pull}/comments`)).status).toBe(400);
  expect((await jane().post(`${pull}/comments`, { text: "x", anchor: { line: 0 } })).json).toMatchObject({
    errors: [{ context: "anchor.path" }, { context: "anchor.line" }],
  });
});

test("a pending comment is seen by its author only", async () => {
  await jane().post(`${pull}/comments`, { text: "Not yet", state: "PENDING" });
  expect(await activities()).toMatchObject({ size: 2 });
  const zoe = writer(sandbox, bearer(sandboxKeys.zoeAdmin.value));
  expect((await zoe.get(`${pull}/activities`)).json).toMatchObject({ size: 1 });
  expect((await zoe.get(`${pull}/comments/1`)).status).toBe(404);
});

test("a task is a comment of severity BLOCKER, is listed with the tasks, and came with 7.2", async () => {
  const made = await jane().post(`${pull}/blocker-comments`, { text: "Rename it" });
  expect([made.status, made.json]).toMatchObject([201, { severity: "BLOCKER", state: "OPEN" }]);
  expect((await jane().get(`${pull}/blocker-comments`)).json).toMatchObject({ size: 1 });
  expect((await jane().put(`${pull}/comments/1`, { version: 0, state: "RESOLVED" })).json).toMatchObject({
    state: "RESOLVED",
    resolver: { name: "jcitizen" },
  });
  expect((await jane().get(`${pull}/blocker-comments`)).json).toMatchObject({ size: 0 });
  sandbox.set("/", { version: "7.1.0" });
  const absent = await jane().post(`${pull}/blocker-comments`, { text: "Rename it" });
  expect([absent.status, absent.headers["content-type"]]).toEqual([404, "application/xml"]);
});

test("a comment changes by its version only, and only by those who may", async () => {
  await jane().post(`${pull}/comments`, { text: "One" });
  expect((await jane().put(`${pull}/comments/1`, { version: 0, text: "Two" })).json).toMatchObject({
    text: "Two",
    version: 1,
  });
  const stale = await jane().put(`${pull}/comments/1`, { version: 0, text: "Three" });
  expect([stale.status, stale.json]).toMatchObject([
    409,
    { errors: [{ exceptionName: "com.atlassian.bitbucket.comment.CommentOutOfDateException" }] },
  ]);
  const zoe = writer(sandbox, bearer(sandboxKeys.zoeAdmin.value));
  const denied = await zoe.put(`${pull}/comments/1`, { version: 1, text: "Mine" });
  expect([denied.status, denied.headers["x-ausername"]]).toEqual([401, "zlindqvist"]);
});

test("a comment with replies cannot be deleted, one without is gone with its activity", async () => {
  await jane().post(`${pull}/comments`, { text: "One" });
  await jane().post(`${pull}/comments`, { text: "Two", parent: { id: 1 } });
  expect((await jane().remove(`${pull}/comments/1?version=0`)).status).toBe(409);
  expect((await jane().remove(`${pull}/comments/2?version=0`)).status).toBe(204);
  expect((await jane().remove(`${pull}/comments/1?version=3`)).status).toBe(409);
  expect((await jane().remove(`${pull}/comments/1?version=0`)).status).toBe(204);
  expect(await activities()).toMatchObject({ size: 1 });
  expect((await jane().get(`${pull}/comments/1`)).status).toBe(404);
});

test("a commit takes comments on itself and on its files, and ignores a path outside the anchor", async () => {
  const commits = await jane().get("api/1.0/projects/DATA/repos/event-lake/commits?limit=1");
  const { values } = z.object({ values: z.tuple([z.object({ id: z.string() })]) }).parse(commits.json);
  const path = `api/1.0/projects/DATA/repos/event-lake/commits/${values[0].id}/comments`;
  const made = await jane().post(path, { text: "On all of it", path: "README.md" });
  expect(made.status).toBe(201);
  expect(made.headers.location).toBe(`${sandbox.origin}/rest/${path}/1`);
  expect(made.json).not.toHaveProperty("anchor");
  await jane().post(path, { text: "On the file", anchor: { path: "README.md" } });
  expect((await jane().get(`${path}?path=README.md`)).json).toMatchObject({ values: [{ id: 2 }] });
  expect((await jane().put(`${path}/1`, { version: 0, text: "Changed" })).json).toMatchObject({ version: 1 });
  expect((await jane().get(`${path}/1`)).json).toMatchObject({ text: "Changed" });
  expect((await jane().get(path)).status).toBe(400);
  expect((await jane().remove(`${path}/2?version=0`)).status).toBe(204);
  expect((await jane().get(`${path}?path=README.md`)).json).toMatchObject({ size: 0 });
});

test("an archived repository takes no comment", async () => {
  const archived = "api/1.0/projects/DATA/repos/legacy-etl/pull-requests/4/comments";
  expect((await jane().post(archived, { text: "Too late" })).status).toBe(409);
});
