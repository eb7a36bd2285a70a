import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { sandboxAccounts } from "./accounts";
import { basic } from "./ask";
import { reader } from "./read";
import { type Sandbox, startSandbox } from "./start";

const { ana } = sandboxAccounts;
const asAna = basic(ana.name, ana.password);
const lake = "projects/DATA/repos/event-lake";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const read = () => reader(sandbox, asAna);
const api = `api/1.0/${lake}`;
const user = expect.objectContaining({ id: expect.any(Number), name: expect.any(String), type: "NORMAL" });
const sha = expect.stringMatching(/^[0-9a-f]{40}$/);

async function newestCommit(path = api): Promise<string> {
  const [first] = await read().values(`${path}/commits?limit=1`);
  return z.object({ id: z.string() }).parse(first).id;
}

test("a tag names its commit, and an annotated one its own object", async () => {
  expect(await read().values(`${api}/tags`)).toEqual([
    {
      id: "refs/tags/v1.0.0",
      displayId: "v1.0.0",
      type: "TAG",
      latestCommit: sha,
      latestChangeset: sha,
      hash: sha,
    },
    {
      id: "refs/tags/v1.1.0",
      displayId: "v1.1.0",
      type: "TAG",
      latestCommit: sha,
      latestChangeset: sha,
      hash: null,
    },
  ]);
  expect(await read().values(`${api}/tags?filterText=1.1`)).toHaveLength(1);
});

test("branches come in the order asked for, and with their newest commit on request", async () => {
  const names = async (query: string) =>
    (await read().values(`${api}/branches?${query}`)).map(
      (one) => z.object({ displayId: z.string() }).parse(one).displayId,
    );
  const byName = await names("orderBy=ALPHABETICAL");
  expect(byName).toEqual(byName.toSorted());
  expect((await names("orderBy=MODIFICATION"))[0]).toBe("main");
  const [first] = await read().values(`${api}/branches?details=true`);
  expect(JSON.stringify(first)).toContain("latest-commit-metadata");
});

test("commits are filtered by merges and path, and a missing `since` may be ignored", async () => {
  const tip = await newestCommit();
  const count = async (query: string) => (await read().all(`${api}/commits?limit=1000&${query}`)).length;
  expect(await count("merges=only")).toBe(0);
  expect(await count("merges=exclude")).toBe(32);
  expect(await count("path=no/such/folder")).toBe(0);
  expect(await count(`since=${"ab".repeat(20)}&ignoreMissing=true`)).toBe(32);
  expect((await read().get(`${api}/commits?since=${"ab".repeat(20)}`)).status).toBe(404);
  expect(await count(`since=${tip}`)).toBe(0);
  expect(await count("until=refs/tags/v1.0.0")).toBe(12);
});

test("changes of a commit have paths in parts and both contents, as recorded", async () => {
  const [status, body] = await read().answer(`${api}/commits/${await newestCommit()}/changes`);
  const change = expect.objectContaining({
    contentId: sha,
    fromContentId: sha,
    path: expect.objectContaining({ components: expect.any(Array), toString: expect.any(String) }),
    percentUnchanged: expect.any(Number),
    type: expect.stringMatching(/^(ADD|COPY|DELETE|MODIFY|MOVE)$/),
    nodeType: "FILE",
    properties: { gitChangeType: expect.any(String) },
  });
  expect([status, body]).toEqual([
    200,
    expect.objectContaining({
      fromHash: sha,
      toHash: sha,
      isLastPage: true,
      values: expect.arrayContaining([change]),
    }),
  ]);
});

test("lists of changed files end at the hard cap as if that were all", async () => {
  sandbox.set("/", { maxChanges: 2 });
  const [first] = (await read().all(`${api}/commits?limit=1000`)).slice(-1);
  const { id } = z.object({ id: z.string() }).parse(first);
  expect(await read().answer(`${api}/commits/${id}/changes`)).toMatchObject([
    200,
    { fromHash: null, size: 2, isLastPage: true },
  ]);
});

describe("pull request 2 of event-lake, which was merged,", () => {
  const pull = `${api}/pull-requests/2`;

  test("has reviewers, counts and the merge commit", async () => {
    expect(await read().answer(pull)).toMatchObject([
      200,
      {
        state: "MERGED",
        closed: true,
        draft: false,
        closedDate: expect.any(Number),
        fromRef: { id: "refs/heads/chore/remove-importer", repository: { id: 13 } },
        author: { user, role: "AUTHOR" },
        reviewers: [{ user, role: "REVIEWER", approved: true, status: "APPROVED", lastReviewedCommit: sha }],
        participants: [{ user, role: "PARTICIPANT", approved: false, status: "UNAPPROVED" }],
        properties: { commentCount: expect.any(Number), openTaskCount: 0, mergeCommit: { id: sha } },
      },
    ]);
  });

  test("has participants, changes and commits of its own", async () => {
    const roles = (await read().values(`${pull}/participants`)).map(
      (one) => z.object({ role: z.string() }).parse(one).role,
    );
    expect(roles).toEqual(["AUTHOR", "REVIEWER", "PARTICIPANT"]);
    expect(await read().answer(`${pull}/changes`)).toMatchObject([
      200,
      { fromHash: sha, toHash: sha, properties: { changeScope: "ALL" } },
    ]);
    expect(await read().values(`${pull}/commits`)).toHaveLength(1);
  });

  test("has as many comments in its activities as it counts, each once", async () => {
    const activity = z.looseObject({ id: z.number(), action: z.string(), comment: z.unknown().optional() });
    const activities = (await read().values(`${pull}/activities`)).map((one) => activity.parse(one));
    expect(activities.map((one) => one.action)).toContain("MERGED");
    expect(activities.at(-1)?.action).toBe("OPENED");
    const ids = activities.flatMap((one) => (one.comment === undefined ? [] : commentIds(one.comment)));
    expect(new Set(ids).size).toBe(ids.length);
    const [, body] = await read().answer(pull);
    const counted = z.object({ properties: z.object({ commentCount: z.number() }) }).parse(body);
    expect(ids.length).toBe(counted.properties.commentCount);
  });
});

const commentSchema = z.looseObject({ id: z.number(), comments: z.array(z.unknown()) });
function commentIds(comment: unknown): number[] {
  const { id, comments } = commentSchema.parse(comment);
  return [id, ...comments.flatMap(commentIds)];
}

test("activity and comment ids are unique on the whole server", async () => {
  const activities = new Set<number>();
  const comments = new Set<number>();
  let counted = 0;
  for (const slug of ["airflow-dags", "dbt-models", "event-lake"]) {
    for (const id of [1, 2, 3, 4]) {
      for (const one of await read().values(
        `api/1.0/projects/DATA/repos/${slug}/pull-requests/${id}/activities`,
      )) {
        const activity = z.looseObject({ id: z.number(), comment: z.unknown().optional() }).parse(one);
        activities.add(activity.id);
        counted += 1;
        if (activity.comment !== undefined)
          for (const each of commentIds(activity.comment)) comments.add(each);
      }
    }
  }
  expect(activities.size).toBe(counted);
  expect(comments.size).toBeGreaterThan(10);
});

test("tasks are comments that block, found by their state", async () => {
  const found: unknown[] = [];
  for (const id of [1, 2, 3]) {
    found.push(
      ...(await read().values(`${api}/pull-requests/${id}/blocker-comments?states=OPEN&states=RESOLVED`)),
    );
  }
  expect(found.length).toBeGreaterThan(0);
  for (const task of found) expect(task).toMatchObject({ severity: "BLOCKER", author: user });
  expect((await read().get(`${api}/pull-requests/1/blocker-comments?states=DONE`)).status).toBe(400);
});

test("the commit that a pull request brought names it", async () => {
  const [first] = await read().values(`${api}/pull-requests/2/commits`);
  const { id } = z.object({ id: z.string() }).parse(first);
  const found = await read().values(`${api}/commits/${id}/pull-requests`);
  expect(found).toContainEqual(expect.objectContaining({ id: 2 }));
});

test("build statuses, reports and annotations are known from a commit's id", async () => {
  const commits = (await read().all(`${api}/commits?limit=1000`)).map(
    (one) => z.object({ id: z.string() }).parse(one).id,
  );
  const statuses: unknown[] = [];
  const reports: unknown[] = [];
  const annotations: unknown[] = [];
  for (const id of commits) {
    statuses.push(...(await read().values(`build-status/1.0/commits/${id}`)));
    reports.push(...(await read().values(`insights/1.0/${lake}/commits/${id}/reports`)));
    const [, body] = await read().answer(`insights/latest/${lake}/commits/${id}/annotations`);
    annotations.push(...z.object({ annotations: z.array(z.unknown()) }).parse(body).annotations);
  }
  expect(statuses).toContainEqual({
    dateAdded: expect.any(Number),
    description: expect.any(String),
    key: "NIGHTLY-TEST",
    name: "main",
    state: "FAILED",
    url: expect.stringMatching(/^https:/),
  });
  expect(reports).toContainEqual(
    expect.objectContaining({ key: "coverage", result: "FAIL", createdDate: expect.any(Number) }),
  );
  expect(annotations).toContainEqual(
    expect.objectContaining({ reportKey: expect.any(String), severity: "HIGH", line: expect.any(Number) }),
  );
});

test("a fork names its origin, which lists it", async () => {
  expect(await read().answer("api/1.0/projects/PAY/repos/payout-service")).toMatchObject([
    200,
    { origin: { slug: "ledger", project: { key: "PAY" } }, hierarchyId: expect.any(String) },
  ]);
  expect(await read().values("api/1.0/projects/PAY/repos/ledger/forks")).toMatchObject([
    { slug: "payout-service" },
  ]);
});

test("activities may begin at one of them, or at a comment's", async () => {
  const pull = `${api}/pull-requests/2/activities`;
  const schema = z.looseObject({ id: z.number(), comment: z.looseObject({ id: z.number() }).optional() });
  const activities = (await read().values(pull)).map((one) => schema.parse(one));
  const at = activities.findIndex((one) => one.comment !== undefined);
  const { id, comment } = z
    .looseObject({ id: z.number(), comment: z.looseObject({ id: z.number() }) })
    .parse(activities[at]);
  const rest = activities.slice(at);
  expect(await read().values(`${pull}?fromId=${id}&fromType=ACTIVITY`)).toEqual(rest);
  expect(await read().values(`${pull}?fromId=${comment.id}&fromType=COMMENT`)).toEqual(rest);
  expect((await read().get(`${pull}?fromId=5&fromType=COMMENT`)).status).toBe(404);
});

test("files are listed whole or below a folder, and a missing folder is a 404", async () => {
  expect(await read().values(`${api}/files`)).toEqual(["README.md"]);
  expect((await read().get(`${api}/files/none`)).status).toBe(404);
});

test("properties of pull requests are left out on request", async () => {
  const [first] = await read().values(`${api}/pull-requests?withProperties=false`);
  expect(first).not.toHaveProperty("properties");
});

test("paths of administrators are closed even to those who administer every project", async () => {
  expect((await read().get("api/1.0/admin/users")).status).toBe(401);
});
