import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
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

const users = "api/1.0/users?limit=1";
const status = async (read: { get: (path: string) => Promise<{ status: number }> }) =>
  (await read.get(users)).status;

test("a revoked key is refused like a mistyped one, on this server only", async () => {
  server().disturbances.revokeKey("janeRead");
  const [refused, body] = await read().answer(users);
  expect([refused, body]).toMatchObject([
    401,
    { errors: [{ exceptionName: "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException" }] },
  ]);
  expect(await status(reader(sandbox, bearer(sandboxKeys.janeWrite.value)))).toBe(200);
  expect(await status(reader(sandbox, bearer(sandboxKeys.janeRead.value), "/bitbucket"))).toBe(200);
  server().disturbances.restoreKey("janeRead");
  expect(await status(read())).toBe(200);
});

test("a key may be revoked after some more calls", async () => {
  server().disturbances.revokeKey("janeRead", 2);
  expect([await status(read()), await status(read()), await status(read())]).toEqual([200, 200, 401]);
  sandbox.reset();
  expect(await status(read())).toBe(200);
});

test.each([
  [false, "before the answer"],
  [true, "in the middle of it"],
])("the connection breaks at the call that was told, %s: once", async (midway) => {
  server().disturbances.cutConnection({ atCall: 2, midway });
  expect(await status(read())).toBe(200);
  await expect(read().get(users)).rejects.toThrow();
  expect(await status(read())).toBe(200);
});

test("an outage ends after its calls", async () => {
  server().disturbances.beUnavailable({ calls: 2, retryAfterSeconds: 3 }, server().now());
  const reply = await read().get(users);
  expect([reply.status, reply.headers["retry-after"]]).toEqual([503, "3"]);
  expect([await status(read()), await status(read())]).toEqual([503, 200]);
});

test("an outage ends after its time", async () => {
  let now = 5_000;
  server().now = () => now;
  server().disturbances.beUnavailable({ ms: 1_000 }, now);
  expect([await status(read()), await status(read())]).toEqual([503, 503]);
  now += 1_000;
  expect(await status(read())).toBe(200);
});

test("the console's controls change content and disturb, and say what was wrong with a wrong one", async () => {
  const control = async (path: string, body: unknown) => {
    const reply = await ask(`${sandbox.consoleUrl}/${path}`, { method: "POST", body });
    return [reply.status, reply.json];
  };
  expect(
    await control("changes", { change: "addCommits", repository: "DATA/event-lake", count: 2 }),
  ).toMatchObject([200, { ok: true, made: { commits: [expect.any(String), expect.any(String)] } }]);
  expect(await control("changes", { change: "addCommits", repository: "DATA/none" })).toMatchObject([
    400,
    { error: "the server has no repository DATA/none" },
  ]);
  expect(await control("changes", { change: "toString" })).toMatchObject([400, {}]);
  expect(await control("changes", { change: "deleteTag", repository: "DATA" })).toMatchObject([400, {}]);
  expect(await control("changes", { instance: "/none", change: "deleteTag" })).toMatchObject([404, {}]);
  expect(await control("disturbances", { disturbance: "revokeKey", key: "janeRead" })).toMatchObject([
    200,
    {},
  ]);
  expect(await status(read())).toBe(401);
  expect(await control("disturbances", { disturbance: "explode" })).toMatchObject([400, {}]);
  expect(await control("reset", {})).toMatchObject([200, {}]);
  expect(await status(read())).toBe(200);
});
