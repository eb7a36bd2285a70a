import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
import { instanceDescriptions } from "./instances";
import { type Sandbox, startSandbox } from "./start";

const authorization = bearer(sandboxKeys.janeRead.value);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const at = (instance: string, path: string, options = {}) => ask(sandbox.url(instance) + path, options);

test("no context path begins with a segment that the base-URL normalizer would cut off", () => {
  const cut =
    "rest projects users scm dashboard login plugins admin account profile repos mvc status getting-started";
  const firsts = instanceDescriptions.map(({ path }) => path.split("/")[1]);
  expect(firsts.filter((first) => cut.split(" ").includes(first ?? ""))).toEqual([]);
  expect(new Set(firsts).size).toBe(instanceDescriptions.length);
});

test.each([
  ["/", "9.4.3", "9004003"],
  ["/bitbucket", "8.19.14", "8019014"],
  ["/stash", "7.21.18", "7021018"],
  ["/ten", "10.2.1", "10002001"],
])("%s is a Bitbucket %s whose properties are all strings", async (instance, version, buildNumber) => {
  for (const root of ["1.0", "latest"]) {
    const reply = await at(instance, `/rest/api/${root}/application-properties`);
    expect(reply.headers["content-type"]).toBe("application/json;charset=UTF-8");
    expect(reply.json).toEqual({
      version,
      buildNumber,
      buildDate: expect.stringMatching(/^\d{13}$/),
      displayName: "Bitbucket",
    });
  }
  expect((await at(instance, "/status")).json).toEqual({ state: "RUNNING" });
});

test("/rest/capabilities calls the application stash, for anonymous callers too", async () => {
  const reply = await at("/bitbucket", "/rest/capabilities");
  expect(reply.json).toMatchObject({
    links: { self: `${sandbox.origin}/bitbucket/rest/capabilities` },
    application: "stash",
    buildDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  });
  expect((await at("/", "/rest/api/latest/build/capabilities")).json).toEqual({
    buildStatus: ["richBuildStatus"],
  });
});

test("/starting reports its state with 503 and answers REST with a 503 page", async () => {
  const status = await at("/starting", "/status");
  expect([status.status, status.json]).toEqual([503, { state: "STARTING" }]);
  const rest = await at("/starting", "/rest/api/1.0/application-properties", { authorization });
  expect([rest.status, rest.headers["content-type"]]).toEqual([503, "text/html;charset=UTF-8"]);
});

test("/in-maintenance reports its state with 200, and REST is unavailable", async () => {
  const status = await at("/in-maintenance", "/status");
  expect([status.status, status.json]).toEqual([200, { state: "MAINTENANCE" }]);
  expect((await at("/in-maintenance", "/rest/api/1.0/users", { authorization })).status).toBe(503);
});

test("/website serves pages and never JSON", async () => {
  const home = await at("/website", "/status");
  const rest = await at("/website", "/rest/api/1.0/application-properties");
  expect([home.status, rest.status]).toEqual([200, 404]);
  for (const reply of [home, rest]) expect(reply.headers["content-type"]).toMatch(/^text\/html/);
});

test("/busy answers 429 with Retry-After and no JSON, except for its status", async () => {
  const reply = await at("/busy", "/rest/api/1.0/application-properties", { authorization });
  expect(reply.status).toBe(429);
  expect(reply.headers["retry-after"]).toMatch(/^\d+$/);
  expect(() => reply.json).toThrow(SyntaxError);
  expect((await at("/busy", "/status")).json).toEqual({ state: "RUNNING" });
});

test("/broken answers every request with a gateway's 502 page", async () => {
  for (const path of ["/status", "/rest/api/1.0/application-properties"]) {
    const reply = await at("/broken", path);
    expect([reply.status, reply.headers["content-type"]]).toEqual([502, "text/html;charset=UTF-8"]);
  }
});

test("/sso redirects every request to its own sign-in page", async () => {
  for (const path of ["/status", "/rest/api/1.0/application-properties"]) {
    const reply = await at("/sso", path, { authorization });
    expect(reply.status).toBe(302);
    expect(reply.headers.location).toMatch(/\/sso\/login\?/);
  }
  expect((await at("/sso", "/login")).status).toBe(200);
});

test("/ignores is a Bitbucket to which every caller is anonymous", async () => {
  const open = await at("/ignores", "/rest/api/1.0/application-properties", { authorization });
  expect(open.status).toBe(200);
  expect(open.headers).not.toHaveProperty("x-ausername");
  const closed = await at("/ignores", "/rest/api/1.0/users?limit=1", { authorization });
  expect(closed.status).toBe(401);
  expect(closed.text).toContain("com.atlassian.bitbucket.AuthorisationException");
  expect(closed.headers).not.toHaveProperty("x-ausername");
});

test("/jira runs, but has Jira's marks and none of Bitbucket's paths", async () => {
  expect((await at("/jira", "/status")).json).toEqual({ state: "RUNNING" });
  const reply = await at("/jira", "/rest/api/1.0/application-properties", { authorization });
  expect(reply.status).toBe(404);
  expect(reply.headers["x-seraph-loginreason"]).toBe("AUTHENTICATED_FAILED");
  expect(reply.headers["x-ausername"]).toBe("anonymous");
  expect((await at("/jira", "/rest/capabilities")).json).toMatchObject({ application: "jira" });
  expect((await at("/jira", "/rest/api/2/myself")).json).toHaveProperty("errorMessages");
});

test("/slow responds after its delay, and at once when the delay is removed", async () => {
  sandbox.set("/slow", { delayMs: 120 });
  const from = performance.now();
  expect((await at("/slow", "/status")).status).toBe(200);
  expect(performance.now() - from).toBeGreaterThan(110);
  sandbox.set("/slow", { delayMs: 600_000 });
  const held = at("/slow", "/status");
  await expect.poll(() => sandbox.journal({ instance: "/slow" }).length, { timeout: 10_000 }).toBe(2);
  sandbox.set("/slow", { delayMs: 0 });
  expect((await held).status).toBe(200);
});

test("a path below no context path belongs to the root, even if it begins like one", async () => {
  await at("/", "/bitbucketeer");
  await at("/", "/unknown/rest/api/1.0/users");
  expect(sandbox.journal().map((entry) => entry.instance)).toEqual(["/", "/"]);
});

test("a browser without a session is redirected from any page to the login page, which links to the console", async () => {
  const page = await at("/bitbucket", "/plugins/servlet/access-tokens/manage");
  expect(page.status).toBe(302);
  const login = await ask(String(page.headers.location));
  expect(login.text).toContain("/_sandbox");
});
