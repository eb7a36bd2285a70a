import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";

const { jane } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const signIns = [
  ["a password", basic(jane.name, jane.password)],
  ["a key as password", basic(jane.name, sandboxKeys.janeWrite.value)],
  ["a key", bearer(sandboxKeys.janeWrite.value)],
] as const;
const repository = "/rest/api/1.0/projects/DATA/repos/dbt-models";
const commentSchema = z.object({ id: z.number(), version: z.number(), text: z.string() });

/** The requests of the released clients, recorded from them, in their order. */
describe.each(signIns)("signed in by %s, the sandbox answers the requests of", (_way, authorization) => {
  const send = (method: string, path: string, body?: unknown) =>
    ask(`${sandbox.url("/bitbucket")}${path}`, {
      method,
      authorization,
      body,
      headers: { "x-atlassian-token": "no-check", accept: "application/json" },
    });
  const get = async (path: string) => {
    const reply = await send("GET", path);
    expect([path, reply.status, reply.headers["x-ausername"]]).toEqual([path, 200, jane.name]);
    return reply;
  };

  test("renovate: the user's name and rights, its settings file, its pull requests and its comment", async () => {
    await get("/rest/api/1.0/application-properties");
    expect((await get(`/rest/api/1.0/users/${jane.name}`)).json).toMatchObject({
      displayName: jane.displayName,
      emailAddress: jane.emailAddress,
    });
    const repositories = await get("/rest/api/1.0/repos?permission=REPO_WRITE&state=AVAILABLE&limit=100");
    expect(repositories.text).toContain('"slug":"dbt-models"');
    await get(repository);
    expect((await get(`${repository}/branches/default`)).json).toMatchObject({ displayId: "main" });
    expect((await get(`${repository}/browse/README.md?limit=20000`)).json).toMatchObject({
      isLastPage: true,
      lines: [{ text: "# dbt-models" }, { text: "" }, { text: "Invented, as everything on this server." }],
    });
    const missing = await send("GET", `${repository}/browse/renovate.json?limit=20000`);
    expect([missing.status, missing.text]).toEqual([404, expect.stringContaining("NoSuchPathException")]);
    const own = await get(
      `${repository}/pull-requests?state=ALL&limit=100&role.1=AUTHOR&username.1=${jane.name}`,
    );
    const pulls = z.object({ values: z.array(z.object({ author: z.unknown() })) }).parse(own.json);
    expect(pulls.values.length).toBeGreaterThan(0);
    for (const { author } of pulls.values) expect(author).toMatchObject({ user: { name: jane.name } });
    expect((await get(`${repository}/settings/pull-requests`)).json).toMatchObject({
      mergeConfig: { defaultStrategy: { id: "no-ff" } },
    });

    const comments = `${repository}/pull-requests/4/comments`;
    const made = await send("POST", comments, { text: "### Notice" });
    expect(made.status).toBe(201);
    const { id } = commentSchema.parse(made.json);
    expect((await get(`${repository}/pull-requests/4/activities?limit=100`)).text).toContain("### Notice");
    const { version } = commentSchema.parse((await get(`${comments}/${id}`)).json);
    const changed = await send("PUT", `${comments}/${id}`, { text: "### Changed", version });
    expect(changed.json).toMatchObject({ text: "### Changed", version: version + 1 });
    expect((await send("DELETE", `${comments}/${id}?version=${version}`)).status).toBe(409);
    expect((await send("DELETE", `${comments}/${id}?version=${version + 1}`)).status).toBe(204);
    expect((await send("GET", `${comments}/${id}`)).status).toBe(404);
  });

  test("Backstage: the default branch, a file's bytes, the repositories and the recognised name", async () => {
    expect((await get(`${repository}/default-branch`)).json).toMatchObject({ displayId: "main" });
    expect((await get(`${repository}/raw/README.md?at=`)).text).toMatch(/^# dbt-models\n/);
    expect((await get(`${repository}/raw/README.md?at=main`)).headers["content-type"]).toMatch(
      /^text\/plain/,
    );
    expect((await get(`${repository}/browse?at=main`)).json).toMatchObject({
      children: { values: [{ type: "FILE", path: { toString: "README.md" } }] },
    });
    expect((await get(`${repository}/files`)).json).toMatchObject({ values: ["README.md"] });
    await get("/rest/api/1.0/projects?limit=1");
    await get("/rest/api/1.0/projects/DATA/repos?limit=100");
  });

  test("danger: a pull request with its commits and comments, and a comment of its own", async () => {
    await get(`${repository}/pull-requests/4`);
    const commits = await get(`${repository}/pull-requests/4/commits?start=0`);
    expect(commits.json).toMatchObject({ isLastPage: true, values: [{ id: expect.any(String) }] });
    await get(`${repository}/pull-requests/4/activities?fromType=COMMENT&start=0`);
    await get(`${repository}/raw/README.md?at=refs/heads/main`);
    const made = await send("POST", `${repository}/pull-requests/4/comments`, { text: "hello" });
    const { id, version } = commentSchema.parse(made.json);
    const removed = await send("DELETE", `${repository}/pull-requests/4/comments/${id}?version=${version}`);
    expect(removed.status).toBe(204);
  });
});

test("another user's comment cannot be changed or deleted, nor any without a sign-in", async () => {
  const [, authorization] = signIns[2];
  const comments = `${sandbox.url("/bitbucket")}${repository}/pull-requests/4/comments`;
  const made = await ask(comments, { method: "POST", authorization, body: { text: "mine" } });
  const { id, version } = commentSchema.parse(made.json);
  for (const other of [undefined, bearer(sandboxKeys.projectData.value)]) {
    const body = { text: "theirs", version };
    expect((await ask(`${comments}/${id}`, { method: "PUT", authorization: other, body })).status).toBe(401);
    const url = `${comments}/${id}?version=${version}`;
    expect((await ask(url, { method: "DELETE", authorization: other })).status).toBe(401);
  }
  expect((await ask(`${comments}/${id}`, { authorization })).json).toMatchObject({ text: "mine" });
});
