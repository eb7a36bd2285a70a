import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { reader } from "./read";
import { type Sandbox, startSandbox } from "./start";
import { LARGE, MANY_REFS, MONOLITH, WRONG_DEFAULT } from "./world/large-company";
import { World } from "./world/world";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ size: "large" });
});
afterAll(() => sandbox.close());

const asZoe = () => reader(sandbox, bearer(sandboxKeys.zoeAdmin.value));
const asJane = () => reader(sandbox, bearer(sandboxKeys.janeRead.value));
const repositorySchema = z.looseObject({
  id: z.number(),
  slug: z.string(),
  project: z.object({ key: z.string() }),
});
const repositories = async (read: ReturnType<typeof reader>) =>
  (await read.all("api/1.0/repos?archived=ALL&limit=1000")).map((one) => repositorySchema.parse(one));

async function pathOf(id: number): Promise<string> {
  const found = (await repositories(asZoe())).find((one) => one.id === id);
  return `api/1.0/projects/${found?.project.key}/repos/${found?.slug}`;
}

test("it holds exactly what it says, the same every time", () => {
  const [world, again] = [new World("large"), new World("large")];
  const contents = world.repositories.map((one) => world.contentOf(one));
  expect({
    projects: world.projects.length,
    repositories: world.repositories.length,
    commits: contents.reduce((sum, one) => sum + one.commits.size, 0),
    pullRequests: contents.reduce((sum, one) => sum + one.pullRequests.length, 0),
    people: world.people.filter((one) => one.id > 1_000).length,
  }).toEqual(LARGE);
  const [first] = again.repositories.slice(-1);
  expect(first && again.contentOf(first)).toEqual(contents.at(-1));
});

test("some repositories are readable for administrators only, some are archived, some empty", async () => {
  const all = await repositories(asZoe());
  const readable = await repositories(asJane());
  expect([all.length, readable.length]).toEqual([300, 288]);
  expect(await asZoe().all("api/1.0/repos?limit=1000")).toHaveLength(285);
  const [hidden] = all.filter((one) => !readable.some((each) => each.id === one.id));
  const path = `api/1.0/projects/${hidden?.project.key}/repos/${hidden?.slug}`;
  expect((await asJane().get(`${path}/commits`)).status).toBe(401);
  const empty = new World("large").repositories.filter((one) => one.empty);
  expect(empty).toHaveLength(3);
});

test("one slug is that of two repositories, and of no others", async () => {
  const slugs = (await repositories(asZoe())).map((one) => one.slug);
  expect(slugs.filter((one, at) => slugs.indexOf(one) !== at)).toEqual(["tools"]);
});

test("one repository's default branch does not exist", async () => {
  const path = await pathOf(WRONG_DEFAULT);
  expect(await asZoe().answer(`${path}/branches/default`)).toMatchObject([404, { errors: [{}] }]);
  expect(await asZoe().answer(`${path}/commits`)).toMatchObject([404, { errors: [{}] }]);
  expect((await asZoe().get(`${path}/commits?until=main`)).status).toBe(200);
});

test("pages of 1000 give each commit, branch and tag once", async () => {
  const ids = async (path: string) =>
    (await asZoe().all(path)).map((one) => z.looseObject({ id: z.string() }).parse(one).id);
  const world = sandbox.instance("/").world;
  const monolith = world.repositories.find((one) => one.id === MONOLITH);
  const content = monolith && world.contentOf(monolith);
  const expected = content?.history(content.default?.latestCommit ?? "").map((one) => one.id);
  const commits = await ids(`${await pathOf(MONOLITH)}/commits?limit=1000`);
  expect(new Set(commits).size).toBe(commits.length);
  expect(commits).toEqual(expected);
  const refs = await pathOf(MANY_REFS);
  const branches = await ids(`${refs}/branches?limit=1000`);
  const tags = await ids(`${refs}/tags?limit=1000`);
  expect([new Set(branches).size, new Set(tags).size]).toEqual([branches.length, tags.length]);
  expect(branches.length).toBeGreaterThan(1_300);
  expect(tags).toHaveLength(1_200);
});

test("no commit is listed before its children", async () => {
  const schema = z.looseObject({ id: z.string(), parents: z.array(z.object({ id: z.string() })) });
  const commits = (await asZoe().all(`${await pathOf(MANY_REFS)}/commits?limit=1000`)).map((one) =>
    schema.parse(one),
  );
  const places = new Map(commits.map((one, at) => [one.id, at]));
  for (const [at, { parents }] of commits.entries()) {
    for (const { id } of parents) expect(places.get(id)).toBeGreaterThan(at);
  }
});

test("an open pull request's commits are on its branch only, a merged one's on the main branch", async () => {
  const path = await pathOf(MONOLITH);
  const schema = z.looseObject({
    id: z.number(),
    state: z.string(),
    fromRef: z.object({ id: z.string(), latestCommit: z.string() }),
  });
  const pulls = (await asZoe().values(`${path}/pull-requests?state=ALL&limit=1000`)).map((one) =>
    schema.parse(one),
  );
  const open = pulls.find((one) => one.state === "OPEN");
  const own = await asZoe().values(`${path}/commits?until=${open?.fromRef.id}&since=main`);
  expect(own).toEqual(await asZoe().values(`${path}/pull-requests/${open?.id}/commits`));
  expect(own).toHaveLength(2);
  const merged = pulls.find((one) => one.state === "MERGED");
  expect(await asZoe().values(`${path}/commits?until=${merged?.fromRef.latestCommit}&since=main`)).toEqual(
    [],
  );
});

test("a long discussion takes three pages of activities, since a page has 500 at most", async () => {
  const path = `${await pathOf(MONOLITH)}/pull-requests/7/activities?limit=1000`;
  expect(await asZoe().answer(path)).toMatchObject([200, { limit: 500, size: 500, nextPageStart: 500 }]);
  const ids = (await asZoe().all(path)).map((one) => z.looseObject({ id: z.number() }).parse(one).id);
  expect(ids.length).toBeGreaterThan(1_200);
  expect(new Set(ids).size).toBe(ids.length);
});

test("the list of users has thousands, some of them inactive or without an e-mail address", async () => {
  const users = await asZoe().all("api/1.0/users?limit=1000");
  expect(users.length).toBeGreaterThan(2_900);
  expect(
    users.some((one) => !z.looseObject({ emailAddress: z.string().optional() }).parse(one).emailAddress),
  ).toBe(true);
});

test("the request allowance is off unless it is switched on", async () => {
  expect(await asZoe().answer("api/1.0/admin/rate-limit/settings")).toMatchObject([200, { enabled: false }]);
});
