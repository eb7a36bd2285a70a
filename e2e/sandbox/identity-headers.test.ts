import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";

const { jane, omar } = sandboxAccounts;
const asJane = bearer(sandboxKeys.janeWrite.value);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

test("an anonymous 200 has a request id and names no account", async () => {
  const { status, headers } = await ask(`${sandbox.origin}/rest/api/1.0/application-properties`);
  expect(status).toBe(200);
  expect(headers["x-arequestid"]).toMatch(/^@/);
  expect(headers).not.toHaveProperty("x-ausername");
  expect(headers).not.toHaveProperty("x-auserid");
  expect(headers).not.toHaveProperty("x-asessionid");
  expect(headers).not.toHaveProperty("set-cookie");
});

test.each([
  ["application-properties", 200],
  ["projects/NONE", 404],
  ["projects/BOARD", 401],
  ["no-such-resource", 404],
])("a signed-in response to %s (%i) names the account", async (path, status) => {
  const reply = await ask(`${sandbox.origin}/rest/api/1.0/${path}`, { authorization: asJane });
  expect(reply.status).toBe(status);
  expect(reply.headers["x-ausername"]).toBe(jane.name);
  expect(reply.headers["x-auserid"]).toBe(String(jane.id));
  expect(reply.headers["x-asessionid"]).toBeDefined();
});

test("the name is URL-encoded", async () => {
  const reply = await ask(`${sandbox.origin}/rest/api/1.0/users`, {
    authorization: basic(omar.name, omar.password),
  });
  expect(reply.headers["x-ausername"]).toBe("omar.haddad%40fernwood.example");
});

test("a refused sign-in names no account and opens no session", async () => {
  const reply = await ask(`${sandbox.origin}/rest/api/1.0/users`, { authorization: basic(jane.name, "no") });
  expect(reply.status).toBe(401);
  expect(reply.headers).not.toHaveProperty("x-ausername");
  expect(reply.headers).not.toHaveProperty("set-cookie");
});

test("a session cookie signs in whatever the header says, so a client must keep none", async () => {
  const url = `${sandbox.url("/bitbucket")}/rest/api/1.0/users`;
  const [set = ""] = (await ask(url, { authorization: asJane })).headers["set-cookie"] ?? [];
  expect(set).toMatch(/^BITBUCKETSESSIONID=[0-9A-F]{32}; Max-Age=1209600; Path=\/bitbucket;/);
  const cookie = set.slice(0, set.indexOf(";"));

  const reply = await ask(url, { authorization: bearer("wrong"), headers: { cookie } });
  expect(reply.status).toBe(200);
  expect(reply.headers["x-ausername"]).toBe(jane.name);
  expect(sandbox.journal().map((entry) => entry.cookie)).toEqual([false, true]);
});
