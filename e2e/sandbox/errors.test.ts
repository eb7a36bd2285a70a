import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";

const asJane = bearer(sandboxKeys.janeWrite.value);
const sha = "ab".repeat(20);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const get = (path: string, authorization?: string) =>
  ask(`${sandbox.origin}/rest/api/1.0/${path}`, { authorization });
const post = (path: string, body: unknown, headers = {}) =>
  ask(`${sandbox.origin}/rest/${path}`, { method: "POST", authorization: asJane, body, headers });
const envelope = (message: string, exceptionName: string | null) => ({
  errors: [{ context: null, message, exceptionName }],
});

test.each([
  ["projects/NONE", "Project NONE does not exist.", "project.NoSuchProjectException"],
  ["projects/NONE/repos/any", "Project NONE does not exist.", "project.NoSuchProjectException"],
  [
    "projects/DATA/repos/none",
    "Repository DATA/none does not exist.",
    "repository.NoSuchRepositoryException",
  ],
  [
    "projects/DATA/repos/event-lake/commits?until=none",
    "Commit 'none' does not exist in repository 'event-lake'.",
    "commit.NoSuchCommitException",
  ],
  ["users/nobody", "User nobody does not exist.", "user.NoSuchUserException"],
])("%s is missing, and the error names it", async (path, message, exceptionName) => {
  const reply = await get(path, asJane);
  expect(reply.status).toBe(404);
  expect(reply.json).toEqual(envelope(message, `com.atlassian.bitbucket.${exceptionName}`));
});

test("an unreadable item is a 401 with the caller's name, or without one for anonymous callers", async () => {
  const denied = envelope(
    "You are not permitted to access this resource",
    "com.atlassian.bitbucket.AuthorisationException",
  );
  for (const path of ["projects/BOARD", "projects/BOARD/repos/minutes"]) {
    const signedIn = await get(path, asJane);
    expect([signedIn.status, signedIn.json]).toEqual([401, denied]);
    expect(signedIn.headers["x-ausername"]).toBe("jcitizen");
    const anonymous = await get(path);
    expect([anonymous.status, anonymous.json]).toEqual([401, denied]);
    expect(anonymous.headers).not.toHaveProperty("x-ausername");
  }
});

test("a wrong password is 401 with Bitbucket's realm and exception", async () => {
  const reply = await get("users", basic(sandboxAccounts.jane.name, "wrong"));
  expect(reply.status).toBe(401);
  expect(reply.headers["www-authenticate"]).toBe('Basic realm="Atlassian Bitbucket"');
  expect(reply.json).toEqual(
    envelope(
      "Authentication failed. Please check your credentials and try again.",
      "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException",
    ),
  );
});

test("an unknown path, a wrong method and a stray percent sign get the error envelope", async () => {
  expect((await get("nothing-here", asJane)).status).toBe(404);
  expect((await get("projects/%E0%A4%A", asJane)).status).toBe(404);
  const reply = await ask(`${sandbox.origin}/rest/api/1.0/projects`, {
    method: "DELETE",
    authorization: asJane,
  });
  expect([reply.status, reply.json]).toEqual([405, envelope("HTTP 405 Method Not Allowed", null)]);
});

test("a bad body is 400 with one entry for each bad field, and nothing is stored", async () => {
  const reply = await post(`build-status/1.0/commits/${sha}`, { key: "", state: "DONE", url: "somewhere" });
  expect(reply.status).toBe(400);
  const schema = z.object({
    errors: z.array(z.object({ context: z.string(), message: z.string().min(1), exceptionName: z.null() })),
  });
  const contexts = schema.parse(reply.json).errors.map((entry) => entry.context);
  expect(contexts.toSorted()).toEqual(["key", "state", "url"]);
  const stored = await ask(`${sandbox.origin}/rest/build-status/1.0/commits/${sha}`, {
    authorization: asJane,
  });
  expect(stored.json).toMatchObject({ size: 0 });
});

test("a body that is not JSON is 400", async () => {
  expect((await post(`build-status/1.0/commits/${sha}`, "{")).status).toBe(400);
});

test("a POST like a browser form's fails the XSRF check, unless it opts out", async () => {
  const path = `build-status/1.0/commits/${sha}`;
  const form = { "content-type": "text/plain" };
  const reply = await post(path, "{}", form);
  expect([reply.status, reply.json]).toEqual([403, envelope("XSRF check failed", null)]);
  expect((await post(path, "{}", { ...form, "X-Atlassian-Token": "no-check" })).status).toBe(415);
});
