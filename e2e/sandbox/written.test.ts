import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
import { newestCommit } from "./newest-commit";
import { type Sandbox, startSandbox } from "./start";
import { writer } from "./writer";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const ana = () => writer(sandbox, bearer(sandboxKeys.anaAdmin.value));
const project = "projects/DATA/repos/event-lake";
const lake = `api/1.0/${project}`;

test("nothing stands on a server that was only read", async () => {
  for (const path of ["pull-requests/2/activities", "branches", "tags", "labels", "webhooks"]) {
    expect((await ana().get(`${lake}/${path}`)).status).toBe(200);
  }
  expect(Object.values(sandbox.written("/")).flat()).toEqual([]);
});

test("everything that was written stands under its kind, and is gone once deleted", async () => {
  const commit = await newestCommit(sandbox);
  const report = `insights/1.0/${project}/commits/${commit}/reports/scan`;
  await ana().post(`${lake}/pull-requests/4/comments`, { text: "Seen\n\n[//]: # (latchkey:abc)" });
  await ana().post(`${lake}/pull-requests/4/comments`, { text: "Yes", parent: { id: 1 } });
  await ana().post(`${lake}/commits/${commit}/comments`, { text: "On the commit" });
  await ana().post(`${lake}/commits/${commit}/builds`, {
    key: "B",
    state: "FAILED",
    url: "https://ci.example/1",
  });
  await ana().put(report, { title: "Scan", data: [] });
  await ana().post(`${report}/annotations`, {
    annotations: [{ message: "Oh", severity: "LOW", externalId: "x" }],
  });
  await ana().post(`${lake}/branches`, { name: "stable", startPoint: "v1.0.0" });
  await ana().post(`${lake}/tags`, { name: "t1", startPoint: "main" });
  const ref = (id: string) => ({ id, repository: { slug: "event-lake", project: { key: "DATA" } } });
  await ana().post(`${lake}/pull-requests`, { title: "P", fromRef: ref("main"), toRef: ref("stable") });
  await ana().post(`${lake}/labels`, { name: "quarterly" });
  const hook = { name: "Chat", url: "https://hooks.example/1", events: ["pr:opened"] };
  await ana().post(`${lake}/webhooks`, hook);
  await ana().put(`${lake}/permissions/users?name=tnguyen&permission=REPO_READ`);
  await ana().post("api/1.0/projects/DATA/repos", { name: "New one" });
  expect(sandbox.writes({ done: false })).toEqual([]);

  const written = sandbox.written("/");
  const repository = "DATA/event-lake";
  expect(written).toMatchObject({
    comments: [
      { id: 1, repository, pull: 4, parent: null, author: "avasquez", version: 0 },
      { id: 2, repository, pull: 4, parent: 1, text: "Yes" },
      { id: 3, repository, pull: null, commit },
    ],
    buildStatuses: [{ commit, key: "B", state: "FAILED" }],
    reports: [{ repository, commit, key: "scan" }],
    annotations: [{ report: "scan", externalId: "x", message: "Oh" }],
    branches: [{ repository, name: "stable" }],
    tags: [{ repository, name: "t1", commit }],
    pullRequests: [{ repository, id: 5, from: "main", to: "stable", state: "OPEN" }],
    labels: [{ repository, name: "quarterly" }],
    webhooks: [{ place: repository, name: "Chat" }],
    grants: [{ where: repository, who: "user tnguyen", level: "READ" }],
    repositories: [{ repository: "DATA/new-one" }],
  });
  expect(written.comments.filter(({ text }) => text.includes("(latchkey:abc)"))).toHaveLength(1);

  await ana().remove(`${lake}/pull-requests/4/comments/2?version=0`);
  await ana().remove(report);
  await ana().remove(`${lake}/labels/quarterly`);
  const after = sandbox.written("/");
  expect(after.comments.map(({ id }) => id)).toEqual([1, 3]);
  expect([after.reports, after.annotations, after.labels]).toEqual([[], [], []]);
});

test("the console shows what stands, and hands out writes and what was written as JSON", async () => {
  const page = () => ask(sandbox.consoleUrl);
  expect((await page()).text).toContain("Nothing was written yet.");
  await ana().post(`${lake}/pull-requests/4/comments`, { text: "First" });
  await ana().post(`${lake}/pull-requests/4/comments`, { text: "<b>Last</b>" });
  const shown = (await page()).text;
  expect(shown).toContain(
    '<tr><td>Comments</td><td>2</td><td class="long">DATA/event-lake #4: &lt;b&gt;Last&lt;/b&gt;</td></tr>',
  );
  expect((await ask(`${sandbox.consoleUrl}/writes.json?since=0`)).json).toMatchObject({
    entries: [{ status: 201 }, { status: 201 }],
  });
  expect((await ask(`${sandbox.consoleUrl}/written.json`)).json).toMatchObject({ comments: [{}, {}] });
});

test("twenty thousand comments on one pull request stay as quick as the first", async () => {
  const send = async (count: number) => {
    const from = performance.now();
    for (let at = 0; at < count; at += 1) {
      sandbox.instance("/").change("addComment", { repository: "DATA/event-lake", id: 4, text: `${at}` });
    }
    return performance.now() - from;
  };
  await send(500);
  const first = await send(500);
  await send(18_500);
  const last = await send(500);
  expect(last).toBeLessThan(first * 5 + 100);
  const from = performance.now();
  expect((await ana().put(`${lake}/pull-requests/4/comments/19999`, { version: 0, text: "x" })).status).toBe(
    401,
  );
  for (let at = 0; at < 20; at += 1) {
    expect((await ana().post(`${lake}/pull-requests/4/comments`, { text: "More" })).status).toBe(201);
  }
  expect(performance.now() - from).toBeLessThan(5_000);
});
