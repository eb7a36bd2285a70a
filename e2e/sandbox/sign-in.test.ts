import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";

const { jane, zoe, omar, remi, dataProjectService } = sandboxAccounts;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function whoIs(authorization: string, instance = "/") {
  const reply = await ask(`${sandbox.url(instance)}/rest/api/1.0/users?limit=1`, { authorization });
  return { status: reply.status, name: reply.headers["x-ausername"] };
}
const refused = { status: 401, name: undefined };
const asJane = { status: 200, name: jane.name };

test("a password signs in, the user name in any case", async () => {
  expect(await whoIs(basic(jane.name, jane.password))).toEqual(asJane);
  expect(await whoIs(basic("JCitizen", jane.password))).toEqual(asJane);
  expect(await whoIs(basic(jane.name, `${jane.password} `))).toEqual(refused);
});

test("a non-ASCII password signs in when sent as UTF-8, and not as Latin-1", async () => {
  expect(await whoIs(basic(zoe.name, zoe.password))).toEqual({ status: 200, name: zoe.name });
  const latin1 = Buffer.from(`${zoe.name}:${zoe.password}`, "latin1").toString("base64");
  expect(await whoIs(`Basic ${latin1}`)).toEqual(refused);
});

test("a user key signs in as Bearer, and as the password of its own user only", async () => {
  const key = sandboxKeys.janeWrite.value;
  expect(await whoIs(bearer(key))).toEqual(asJane);
  expect(await whoIs(basic(jane.name, key))).toEqual(asJane);
  expect(await whoIs(basic(zoe.name, key))).toEqual(refused);
});

test("project and repository keys sign in only as Bearer", async () => {
  const { projectData, repositoryLedger } = sandboxKeys;
  expect(await whoIs(bearer(projectData.value))).toEqual({ status: 200, name: dataProjectService.name });
  expect(await whoIs(bearer(repositoryLedger.value))).toMatchObject({ status: 200 });
  expect(await whoIs(basic(dataProjectService.name, projectData.value))).toEqual(refused);
  expect(await whoIs(basic(jane.name, projectData.value))).toEqual(refused);
});

test("a key typed as user and password is a plain 401 and locks no account", async () => {
  const key = sandboxKeys.janeWrite.value;
  for (let turn = 0; turn < 6; turn += 1) expect(await whoIs(basic(key, key))).toEqual(refused);
  expect(await whoIs(basic(jane.name, jane.password))).toEqual(asJane);
});

test("expired, revoked, mistyped and orphaned keys get the same response", async () => {
  const { janeExpired, janeRevoked, remiInactive } = sandboxKeys;
  const dead = [janeExpired.value, janeRevoked.value, remiInactive.value, "bm8gc3VjaCBrZXk"];
  const bodies = new Set<string>();
  for (const value of dead) {
    const reply = await ask(`${sandbox.origin}/rest/api/1.0/users`, { authorization: bearer(value) });
    expect(reply.status).toBe(401);
    bodies.add(reply.text);
  }
  expect(bodies.size).toBe(1);
});

test("an inactive account cannot sign in with its right password", async () => {
  expect(await whoIs(basic(remi.name, remi.password))).toEqual(refused);
});

test("with Basic off the response comes before the secret is checked", async () => {
  for (const password of [
    jane.password,
    sandboxKeys.janeWrite.value,
    "wrong",
    "wrong",
    "wrong",
    "wrong",
    "wrong",
  ]) {
    const reply = await ask(`${sandbox.url("/ten")}/rest/api/1.0/users`, {
      authorization: basic(jane.name, password),
    });
    expect(reply.status).toBe(403);
    expect(reply.json).toEqual({ message: "Basic Authentication has been disabled on this instance." });
  }
  expect(await whoIs(bearer(sandboxKeys.janeWrite.value), "/ten")).toEqual(asJane);
  sandbox.set("/ten", { basicAuth: true });
  expect(await whoIs(basic(jane.name, jane.password), "/ten")).toEqual(asJane);
});

test("five failed Basic sign-ins lock the account, even for the right password, on that server only", async () => {
  for (let turn = 0; turn < 5; turn += 1) await whoIs(basic(omar.name, "wrong"));
  const locked = await ask(`${sandbox.origin}/rest/api/1.0/users`, {
    authorization: basic(omar.name, omar.password),
  });
  expect(locked.status).toBe(401);
  expect(locked.headers["x-ausername"]).toBeUndefined();
  expect(locked.headers["www-authenticate"]).toBe('Basic realm="Atlassian Bitbucket"');
  expect(locked.json).toEqual({
    errors: [
      {
        context: null,
        message: expect.stringMatching(/^CAPTCHA required\. Your Bitbucket account has been locked\./),
        exceptionName: "com.atlassian.bitbucket.auth.CaptchaRequiredAuthenticationException",
      },
    ],
  });
  expect(await whoIs(basic(omar.name, omar.password), "/bitbucket")).toMatchObject({ status: 200 });
  expect(await whoIs(basic(jane.name, jane.password))).toEqual(asJane);
  expect(await whoIs(bearer(sandboxKeys.omarWrite.value))).toMatchObject({ status: 200 });

  sandbox.clearCaptcha("/", omar.name);
  expect(await whoIs(basic(omar.name, omar.password))).toMatchObject({ status: 200 });
});

test("only consecutive failures lock: an accepted sign-in resets the count", async () => {
  for (let round = 0; round < 2; round += 1) {
    for (let turn = 0; turn < 4; turn += 1) await whoIs(basic(omar.name, "wrong"));
    expect(await whoIs(basic(omar.name, omar.password))).toMatchObject({ status: 200 });
  }
});

test("a locked account can be reported by 403, as newer clients report", async () => {
  sandbox.set("/", { captchaStatus: 403 });
  for (let turn = 0; turn < 5; turn += 1) await whoIs(basic(jane.name, "wrong"));
  expect(await whoIs(basic(jane.name, jane.password))).toEqual({ status: 403, name: undefined });
});

test("bad Bearer keys lock no account, however many", async () => {
  for (let turn = 0; turn < 8; turn += 1) await whoIs(bearer(sandboxKeys.janeExpired.value));
  expect(await whoIs(basic(jane.name, jane.password))).toEqual(asJane);
});

test("outside /rest a key is accepted on 7.21 and redirected to the login page from 8.19.12 on", async () => {
  const authorization = bearer(sandboxKeys.janeWrite.value);
  const path = "/plugins/servlet/applinks/whoami";
  expect((await ask(sandbox.url("/stash") + path, { authorization })).text).toBe(jane.name);
  expect((await ask(sandbox.url("/bitbucket") + path, { authorization })).text).toBe("");
  const page = await ask(`${sandbox.url("/bitbucket")}/dashboard`, { authorization });
  expect(page.status).toBe(302);
  expect(page.headers.location).toMatch(/\/bitbucket\/login\?/);
});

test("outside /rest a key as Basic password is refused from 8.19.12 on, and counts towards the lock", async () => {
  const authorization = basic(jane.name, sandboxKeys.janeWrite.value);
  for (let turn = 0; turn < 5; turn += 1) {
    expect((await ask(`${sandbox.url("/bitbucket")}/account`, { authorization })).status).toBe(401);
  }
  expect(await whoIs(basic(jane.name, jane.password), "/bitbucket")).toEqual(refused);
});

test("an empty Bearer and an unknown scheme leave the caller anonymous", async () => {
  for (const authorization of ["Bearer ", "Negotiate abc"]) {
    const reply = await ask(`${sandbox.origin}/rest/api/1.0/application-properties`, { authorization });
    expect(reply.status).toBe(200);
    expect(reply.headers["x-ausername"]).toBeUndefined();
  }
});
