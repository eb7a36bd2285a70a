import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { reader } from "./read";
import { type Sandbox, startSandbox } from "./start";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const server = () => sandbox.instance("/");
const read = () => reader(sandbox, bearer(sandboxKeys.janeRead.value));

const repository = "DATA/event-lake";
const pulls = "api/1.0/projects/DATA/repos/event-lake/pull-requests";
const pullSchema = z.looseObject({
  id: z.number(),
  version: z.number(),
  updatedDate: z.number(),
  state: z.string(),
});
const pull = async (id: number) => pullSchema.parse((await read().answer(`${pulls}/${id}`))[1]);
const actions = async (id: number) =>
  (await read().all(`${pulls}/${id}/activities`)).map(
    (one) => z.looseObject({ action: z.string() }).parse(one).action,
  );

test("a pull request is opened with the commits that its target lacks", async () => {
  server().change("createBranch", { repository, branch: "feature/new" });
  const { commits } = server().change("addCommits", { repository, branch: "feature/new", count: 2 });
  const { id } = server().change("addPullRequest", { repository, from: "feature/new" });
  expect(id).toBe(5);
  expect(await read().values(`${pulls}?limit=1`)).toMatchObject([{ id: 5, state: "OPEN", version: 0 }]);
  expect(
    (await read().values(`${pulls}/5/commits`)).map((one) => z.looseObject({ id: z.string() }).parse(one).id),
  ).toEqual(commits.toReversed());
  expect(await actions(5)).toEqual(["OPENED"]);
});

test("commits pushed to its branch rescope an open pull request", async () => {
  const before = await pull(3);
  const { commits } = server().change("addCommits", { repository, branch: "feature/hourly-retry", count: 1 });
  const after = await pull(3);
  expect(after).toMatchObject({ fromRef: { latestCommit: commits[0] }, version: before.version + 1 });
  expect(after.updatedDate).toBeGreaterThan(before.updatedDate);
  const [newest] = await read().values(`${pulls}/3/activities`);
  expect(newest).toMatchObject({
    action: "RESCOPED",
    fromHash: commits[0],
    added: { total: 1, commits: [{ id: commits[0] }] },
  });
});

test("a merge adds a commit to the target and closes the pull request", async () => {
  const { mergeCommit } = server().change("mergePullRequest", { repository, id: 4 });
  expect(await pull(4)).toMatchObject({
    state: "MERGED",
    closedDate: expect.any(Number),
    properties: { mergeCommit: { id: mergeCommit } },
  });
  expect((await actions(4))[0]).toBe("MERGED");
  expect(await read().values("api/1.0/projects/DATA/repos/event-lake/commits?limit=1")).toMatchObject([
    { id: mergeCommit, parents: [{}, {}] },
  ]);
});

test("approving, editing and declining show in the pull request and its activities", async () => {
  server().change("approvePullRequest", { repository, id: 4, by: "zlindqvist" });
  server().change("editPullRequest", { repository, id: 4, title: "Another title" });
  server().change("declinePullRequest", { repository, id: 4 });
  expect(await pull(4)).toMatchObject({
    title: "Another title",
    state: "DECLINED",
    reviewers: [{ user: { name: "zlindqvist" }, approved: true }],
  });
  expect(await actions(4)).toEqual(["DECLINED", "UPDATED", "APPROVED", "OPENED"]);
});

test("a deleted pull request is a 404 and in no list", async () => {
  server().change("deletePullRequest", { repository, id: 2 });
  expect(await read().answer(`${pulls}/2/activities`)).toMatchObject([
    404,
    { errors: [{ exceptionName: "com.atlassian.bitbucket.pull.NoSuchPullRequestException" }] },
  ]);
  expect((await read().values(`${pulls}?state=ALL`)).map((one) => pullSchema.parse(one).id)).toEqual([
    4, 3, 1,
  ]);
});

test("comments are added, answered, changed and deleted, and the pull request says that it was updated", async () => {
  const first = server().change("addComment", { repository, id: 4, text: "Why?" });
  const answer = server().change("addComment", { repository, id: 4, text: "Because.", to: first.id });
  server().change("editComment", { repository, id: 4, comment: answer.id, text: "Because of that." });
  expect(await read().values(`${pulls}/4/activities`)).toMatchObject([
    {
      action: "COMMENTED",
      comment: {
        id: first.id,
        text: "Why?",
        comments: [{ id: answer.id, text: "Because of that.", version: 1 }],
      },
    },
    { action: "OPENED" },
  ]);
  const before = await pull(4);
  expect(before).toMatchObject({ version: 3, properties: { commentCount: 2 } });
  server().change("deleteComment", { repository, id: 4, comment: answer.id });
  expect(await pull(4)).toMatchObject({ version: 4, properties: { commentCount: 1 } });
  server().change("deleteComment", { repository, id: 4, comment: first.id });
  expect(await actions(4)).toEqual(["OPENED"]);
});

test("a comment may leave the pull request's own date alone", async () => {
  const before = await pull(4);
  server().change("addComment", { repository, id: 4, touches: false });
  const { updatedDate, version } = await pull(4);
  expect([updatedDate, version]).toEqual([before.updatedDate, before.version]);
});

test("a task is listed among the blocking comments", async () => {
  const { id } = server().change("addComment", { repository, id: 4, isTask: true });
  expect(await read().values(`${pulls}/4/blocker-comments`)).toMatchObject([
    { id, severity: "BLOCKER", state: "OPEN" },
  ]);
  expect(await pull(4)).toMatchObject({ properties: { openTaskCount: 1 } });
});

test("lists of pull requests may follow the last update", async () => {
  server().change("addComment", { repository, id: 1 });
  const order = async () =>
    (await read().values(`${pulls}?state=ALL`)).map((one) => pullSchema.parse(one).id);
  expect(await order()).toEqual([4, 3, 2, 1]);
  sandbox.set("/", { pullRequestOrder: "updated" });
  expect(await order()).toEqual([1, 4, 3, 2]);
});
