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

const jane = () => writer(sandbox, bearer(sandboxKeys.janeWrite.value));
const ana = () => writer(sandbox, bearer(sandboxKeys.anaAdmin.value));
const repository = { slug: "event-lake", project: { key: "DATA" } };
const lake = "api/1.0/projects/DATA/repos/event-lake";
const pulls = `${lake}/pull-requests`;
const ref = (name: string) => ({ id: `refs/heads/${name}`, repository });
const fromMain = (to: string, more = {}) => ({
  title: "Bring it up to date",
  fromRef: ref("main"),
  toRef: ref(to),
  ...more,
});

/** Opens a pull request of Jane's, number 5, from main to a branch at an old commit. */
async function open(more = {}) {
  await jane().post(`${lake}/branches`, { name: "stable", startPoint: "v1.0.0" });
  return jane().post(pulls, fromMain("stable", more));
}

test("a pull request is opened with its reviewers, and listed first", async () => {
  const made = await open({ description: "All of it", reviewers: [{ user: { name: "zlindqvist" } }] });
  expect([made.status, made.headers.location]).toEqual([201, `${sandbox.origin}/rest/${pulls}/5`]);
  expect(made.json).toMatchObject({
    id: 5,
    version: 0,
    state: "OPEN",
    author: { user: { name: "jcitizen" } },
    reviewers: [{ user: { name: "zlindqvist" }, status: "UNAPPROVED" }],
  });
  expect((await jane().get(`${pulls}?limit=1`)).json).toMatchObject({ values: [{ id: 5 }] });
  expect((await jane().get(`${pulls}/5/activities`)).json).toMatchObject({ values: [{ action: "OPENED" }] });
  const commits = z.object({ size: z.number() }).parse((await jane().get(`${pulls}/5/commits`)).json);
  expect(commits.size).toBe(20);
});

test("a second one between the same branches is 409 with the first in it", async () => {
  await open();
  const again = await jane().post(pulls, fromMain("stable"));
  expect([again.status, again.json]).toMatchObject([
    409,
    {
      errors: [
        {
          exceptionName: "com.atlassian.bitbucket.pull.DuplicatePullRequestException",
          existingPullRequest: { id: 5 },
        },
      ],
    },
  ]);
});

test("the same branch, nothing new, unknown reviewers and missing branches are refused", async () => {
  const refused = async (body: object) => {
    const reply = await jane().post(pulls, body);
    const { errors } = z
      .object({ errors: z.tuple([z.looseObject({ exceptionName: z.string().nullable() })]) })
      .parse(reply.json);
    return [reply.status, errors[0].exceptionName?.split(".").at(-1)];
  };
  await jane().post(`${lake}/branches`, { name: "stable", startPoint: "v1.0.0" });
  expect(await refused(fromMain("main"))).toEqual([409, "InvalidPullRequestTargetException"]);
  expect(await refused({ ...fromMain("main"), fromRef: ref("stable") })).toEqual([
    409,
    "EmptyPullRequestException",
  ]);
  expect(await refused(fromMain("stable", { reviewers: [{ user: { name: "nobody" } }] }))).toEqual([
    409,
    "InvalidPullRequestReviewersException",
  ]);
  expect(await refused(fromMain("gone"))).toEqual([404, "NoSuchBranchException"]);
  const empty = await jane().post(pulls, { title: " ", toRef: {} });
  expect(empty.json).toMatchObject({
    errors: [{ context: "title" }, { context: "fromRef" }, { context: "toRef.id" }],
  });
});

test("a pull request changes by its version, and loses what is left out", async () => {
  await open({ description: "Old", reviewers: [{ user: { name: "zlindqvist" } }] });
  const changed = await jane().put(`${pulls}/5`, { version: 0, title: "New" });
  expect([changed.status, changed.json]).toMatchObject([200, { version: 1, title: "New", reviewers: [] }]);
  expect(changed.json).not.toHaveProperty("description");
  const stale = await jane().put(`${pulls}/5`, { version: 0, title: "Newer" });
  expect([stale.status, stale.json]).toMatchObject([
    409,
    {
      errors: [
        {
          exceptionName: "com.atlassian.bitbucket.pull.PullRequestOutOfDateException",
          currentVersion: 1,
          expectedVersion: 0,
          pullRequest: { id: 5, version: 1 },
        },
      ],
    },
  ]);
  expect((await jane().get(`${pulls}/5/activities`)).json).toMatchObject({
    values: [{ action: "UPDATED", removedReviewers: [{ name: "zlindqvist" }] }, { action: "OPENED" }],
  });
});

test("a review is the caller's own, never the author's, and the same one changes nothing", async () => {
  await open();
  const own = `${pulls}/5/participants/avasquez`;
  const approved = await ana().put(own, { status: "APPROVED" });
  expect([approved.status, approved.json]).toMatchObject([200, { approved: true, role: "REVIEWER" }]);
  await ana().put(own, { status: "APPROVED" });
  await ana().put(own, { status: "NEEDS_WORK" });
  expect((await jane().get(`${pulls}/5/activities`)).json).toMatchObject({
    values: [{ action: "REVIEWED" }, { action: "APPROVED" }, { action: "OPENED" }],
  });
  expect((await ana().put(`${pulls}/5/participants/jcitizen`, { status: "APPROVED" })).status).toBe(401);
  expect((await jane().put(`${pulls}/5/participants/jcitizen`, { status: "APPROVED" })).status).toBe(400);
  const project = writer(sandbox, bearer(sandboxKeys.projectData.value));
  expect((await project.put(own, { status: "APPROVED" })).status).toBe(403);
});

test("a reviewer is added once; the author and strangers are refused", async () => {
  await open();
  const add = (name: string) => jane().post(`${pulls}/5/participants`, { user: { name }, role: "REVIEWER" });
  expect((await add("avasquez")).json).toMatchObject({ role: "REVIEWER", user: { name: "avasquez" } });
  expect((await add("avasquez")).status).toBe(200);
  expect((await jane().get(`${pulls}/5`)).json).toMatchObject({ version: 1, reviewers: [{}] });
  expect((await add("jcitizen")).status).toBe(400);
  expect((await add("nobody")).status).toBe(409);
});

test("a merge makes a commit on the target; a second one, another version and another state are 409", async () => {
  await open();
  expect((await jane().post(`${pulls}/5/merge`, { version: 7 })).status).toBe(409);
  const merged = await jane().post(`${pulls}/5/merge`, { version: 0, message: "Together" });
  expect([merged.status, merged.json]).toMatchObject([200, { state: "MERGED", closed: true }]);
  expect((await jane().get(`${lake}/commits?until=stable&limit=1`)).json).toMatchObject({
    values: [{ message: "Together", parents: [{}, {}] }],
  });
  for (const verb of ["merge", "decline", "reopen"]) {
    const refused = await jane().post(`${pulls}/5/${verb}`, { version: 1 });
    expect([refused.status, refused.json]).toMatchObject([
      409,
      { errors: [{ exceptionName: "com.atlassian.bitbucket.pull.IllegalPullRequestStateException" }] },
    ]);
  }
});

test("vetoes and conflicts keep a pull request from being merged, and so does a key without a user", async () => {
  await open();
  const place = { repository: "DATA/event-lake", id: 5 };
  sandbox.instance("/").change("setMergeChecks", { ...place, vetoes: ["Two builds are needed."] });
  expect((await jane().get(`${pulls}/5/merge`)).json).toMatchObject({
    canMerge: false,
    vetoes: [{ summaryMessage: "Two builds are needed." }],
  });
  const vetoed = await jane().post(`${pulls}/5/merge`, { version: 0 });
  expect([vetoed.status, vetoed.json]).toMatchObject([
    409,
    {
      errors: [
        {
          exceptionName: "com.atlassian.bitbucket.pull.PullRequestMergeVetoedException",
          conflicted: false,
          vetoes: [{ detailedMessage: "Two builds are needed." }],
        },
      ],
    },
  ]);
  sandbox.instance("/").change("setMergeChecks", { ...place, conflicted: true });
  expect((await jane().post(`${pulls}/5/merge`, { version: 0 })).json).toMatchObject({
    errors: [{ conflicted: true, vetoes: [] }],
  });
  const project = writer(sandbox, bearer(sandboxKeys.projectData.value));
  expect((await project.post(`${pulls}/5/merge`, { version: 0 })).status).toBe(403);
});

test("a declined pull request can be reopened, and a reader may decline but not merge", async () => {
  await open();
  const reader = writer(sandbox, bearer(sandboxKeys.janeRead.value));
  expect((await reader.post(`${pulls}/5/merge`, { version: 0 })).status).toBe(401);
  expect((await reader.post(`${pulls}/5/decline`, { version: 0 })).json).toMatchObject({ state: "DECLINED" });
  expect((await jane().post(`${pulls}/5/reopen?version=1`)).json).toMatchObject({
    state: "OPEN",
    version: 2,
  });
  expect((await jane().get(`${pulls}/5/activities`)).json).toMatchObject({
    values: [{ action: "REOPENED" }, { action: "DECLINED" }, { action: "OPENED" }],
  });
});
