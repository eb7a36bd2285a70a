import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
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

const lake = "api/1.0/projects/DATA/repos/event-lake";

test("calls are counted by account and route, with the names of the path's parts", async () => {
  await read().get(`${lake}/commits`);
  await read().get(`${lake}/tags`);
  await read().get("api/1.0/projects/SHOP/repos/checkout/tags");
  await ask(`${sandbox.origin}/rest/api/1.0/projects`);
  const { accounts, calls } = server().counters.report();
  expect(calls).toBe(4);
  expect(accounts).toMatchObject({
    jcitizen: {
      calls: 3,
      routes: {
        "GET /rest/api/1.0/projects/:project/repos/:repository/tags": 2,
        "GET /rest/api/1.0/projects/:project/repos/:repository/commits": 1,
      },
    },
    nobody: { calls: 1 },
  });
});

test("pages are counted by repository, list and start, whatever the repository is called", async () => {
  await read().all(`${lake}/commits?limit=20&until=main`);
  server().change("renameRepository", { repository: "DATA/event-lake", slug: "lake" });
  await read().get("api/1.0/projects/DATA/repos/lake/commits?limit=20&until=main&start=20");
  const { pages, mostReads } = server().counters.report();
  expect(pages).toEqual([
    {
      repository: 13,
      stream: "GET /rest/api/1.0/projects/:project/repos/:repository/commits until=main",
      starts: { 0: 1, 20: 2 },
    },
  ]);
  expect(mostReads).toBe(2);
});

test("lists of two pull requests are not the same list, and a refused page is not counted", async () => {
  await read().get(`${lake}/pull-requests/1/activities`);
  await read().get(`${lake}/pull-requests/2/activities`);
  await read().get("api/1.0/projects/BOARD/repos/minutes/tags");
  expect(server().counters.report().pages).toHaveLength(2);
});

test("the most requests under way at once are counted until their answers are sent", async () => {
  sandbox.set("/", { delayMs: 600_000 });
  const held = [read().get(`${lake}/tags`), read().get(`${lake}/tags`)];
  await expect
    .poll(() => server().counters.report().accounts.jcitizen?.maxSimultaneous, { timeout: 10_000 })
    .toBe(2);
  sandbox.set("/", { delayMs: 0 });
  await Promise.all(held);
  await read().get(`${lake}/tags`);
  expect(server().counters.report()).toMatchObject({ maxSimultaneous: 2, calls: 3 });
});

test("the console tells the counters and clears them", async () => {
  await read().get(`${lake}/tags`);
  const counters = async () =>
    z
      .looseObject({ calls: z.number() })
      .parse((await ask(`${sandbox.consoleUrl}/counters.json?instance=/`)).json);
  expect(await counters()).toMatchObject({ calls: 1, accounts: { jcitizen: { calls: 1 } }, mostReads: 1 });
  await ask(`${sandbox.consoleUrl}/clear-counters`, { method: "POST", body: { instance: "/" } });
  expect(await counters()).toMatchObject({ calls: 0, accounts: {}, pages: [] });
});

test("a page is made once until something changes, and each caller gets its own", async () => {
  const path = `${lake}/pull-requests?state=ALL`;
  server().change("createBranch", { repository: "DATA/event-lake", branch: "many" });
  for (let at = 0; at < 30; at += 1)
    server().change("addPullRequest", { repository: "DATA/event-lake", from: "many" });
  const first = await read().get(`${path}&limit=1000`);
  expect((await read().get(`${path}&limit=1000`)).text).toBe(first.text);
  server().change("editPullRequest", { repository: "DATA/event-lake", id: 1, title: "Changed" });
  expect((await read().get(`${path}&limit=1000`)).text).toContain("Changed");
  const tam = reader(sandbox, bearer(sandboxKeys.tamRead.value));
  expect((await tam.get(`${path}&limit=1000`)).status).toBe(401);
});
