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
const lake = "api/1.0/projects/DATA/repos/event-lake";
const withId = z.looseObject({ id: z.string() });
const ids = async (path: string) => (await read().all(path)).map((one) => withId.parse(one).id);

test("commits added to a branch are exactly those since its old tip", async () => {
  const [before] = await ids(`${lake}/commits?limit=1`);
  const { commits } = server().change("addCommits", { repository, count: 3 });
  expect(await ids(`${lake}/commits?since=${before}`)).toEqual(commits.toReversed());
  expect(await read().answer(`${lake}/branches/default`)).toMatchObject([200, { latestCommit: commits[2] }]);
  sandbox.reset();
  expect((await ids(`${lake}/commits?limit=1`))[0]).toBe(before);
});

test("the same changes make the same commits", () => {
  const first = server().change("addCommits", { repository, count: 2 });
  sandbox.reset();
  expect(server().change("addCommits", { repository, count: 2 })).toEqual(first);
});

test("after a force-push the old tip is unknown, and the branch has other commits", async () => {
  const before = await ids(`${lake}/commits?limit=100`);
  const { oldTip, newTip } = server().change("forcePush", { repository, drop: 1, add: 2 });
  expect(oldTip).toBe(before[0]);
  expect(await read().answer(`${lake}/commits?since=${oldTip}`)).toMatchObject([
    404,
    { errors: [{ exceptionName: "com.atlassian.bitbucket.commit.NoSuchCommitException" }] },
  ]);
  const after = await ids(`${lake}/commits?limit=100`);
  expect([after[0], after.length, after.slice(2)]).toEqual([newTip, before.length + 1, before.slice(1)]);
});

test("a branch is created where it is told to be, and is gone when it is deleted", async () => {
  const [tip = ""] = await ids(`${lake}/commits?limit=1`);
  server().change("createBranch", { repository, branch: "try/this" });
  expect(await read().values(`${lake}/branches?filterText=try/`)).toMatchObject([{ latestCommit: tip }]);
  const { commits } = server().change("addCommits", { repository, branch: "try/this", count: 1 });
  server().change("deleteBranch", { repository, branch: "try/this" });
  expect(await read().values(`${lake}/branches?filterText=try/`)).toEqual([]);
  expect((await read().get(`${lake}/commits/${commits[0]}`)).status).toBe(404);
  expect((await read().get(`${lake}/commits/${tip}`)).status).toBe(200);
});

test("tags come, move and go", async () => {
  server().change("createTag", { repository, tag: "v2.0.0", isAnnotated: true });
  server().change("createTag", { repository, tag: "v1.1.0", at: "main" });
  server().change("deleteTag", { repository, tag: "v1.0.0" });
  const [tip] = await ids(`${lake}/commits?limit=1`);
  expect(await read().values(`${lake}/tags?orderBy=ALPHABETICAL`)).toMatchObject([
    { displayId: "v1.1.0", latestCommit: tip, hash: null },
    { displayId: "v2.0.0", latestCommit: tip, hash: expect.any(String) },
  ]);
});

test("pushes are told newest first", async () => {
  const { commits } = server().change("addCommits", { repository, count: 1 });
  const pushes = server().world.repositories.flatMap((one) =>
    one.slug === "event-lake" ? server().world.contentOf(one).pushes : [],
  );
  expect(pushes[0]).toMatchObject({ ref: "refs/heads/main", type: "UPDATE", toHash: commits[0] });
});

test("a clone contains the added commits", () => {
  const { commits } = server().change("addCommits", { repository, count: 1 });
  const lakeOf = server().world.repositories.find((one) => one.slug === "event-lake");
  expect(
    lakeOf &&
      server()
        .world.contentOf(lakeOf)
        .objects.map((one) => one.id),
  ).toContain(commits[0]);
});

test.each([
  ["addCommits", { repository: "DATA/none" }],
  ["addCommits", { repository, branch: "none" }],
  ["forcePush", { repository, drop: 1000 }],
  ["createBranch", { repository, branch: "main" }],
  ["deleteTag", { repository, tag: "none" }],
] as const)("%s of what is not there changes nothing", async (name, given) => {
  const before = await ids(`${lake}/commits?limit=100`);
  // The rows of the table belong together, which their types cannot say.
  expect(() => server().change(name, given as never)).toThrow(RangeError);
  expect(await ids(`${lake}/commits?limit=100`)).toEqual(before);
});
