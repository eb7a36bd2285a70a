import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const pull = "api/1.0/projects/DATA/repos/event-lake/pull-requests/4";
const send = (type: string, token: string | null, { method = "POST", path = `${pull}/comments` } = {}) =>
  ask(`${sandbox.origin}/rest/${path}`, {
    method,
    authorization: bearer(sandboxKeys.janeRead.value),
    body: '{"text":"Hello"}',
    headers: { "content-type": type, ...(token === null ? {} : { "x-atlassian-token": token }) },
  });

test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
  "%s could come from any page's form: 403 without the token, 415 with it",
  async (type) => {
    const forged = await send(type, null);
    expect([forged.status, forged.json]).toMatchObject([403, { errors: [{ message: "XSRF check failed" }] }]);
    expect((await send(type, "no-check")).status).toBe(415);
  },
);

test("JSON needs no token, and other types are 415", async () => {
  expect((await send("application/json;charset=UTF-8", null)).status).toBe(201);
  expect((await send("application/xml", "no-check")).status).toBe(415);
  const change = { method: "PUT", path: `${pull}/comments/1` };
  expect((await send("text/plain", null, change)).status).toBe(403);
  expect((await send("application/xml", null, change)).status).toBe(415);
});

test("a body that is no JSON is 400, one that is too large 413", async () => {
  const post = (body: string) =>
    ask(`${sandbox.origin}/rest/${pull}/comments`, {
      method: "POST",
      authorization: bearer(sandboxKeys.janeRead.value),
      body,
    });
  expect((await post("{")).status).toBe(400);
  expect((await post(JSON.stringify({ text: "x".repeat(32_769) }))).status).toBe(400);
  expect((await post(JSON.stringify({ text: "x".repeat(5_000_000) }))).status).toBe(413);
});

test("nobody writes without a sign-in", async () => {
  const reply = await ask(`${sandbox.origin}/rest/${pull}/comments`, { method: "POST", body: { text: "x" } });
  expect(reply.status).toBe(401);
  expect(reply.headers["x-ausername"]).toBeUndefined();
});
