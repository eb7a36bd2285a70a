import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { sandboxKeys } from "./accounts";
import { ask, bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";
import { writer } from "./writer";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const jane = () => writer(sandbox, bearer(sandboxKeys.janeRead.value));
const faults = () => sandbox.instance("/").disturbances;
const pull = "api/1.0/projects/DATA/repos/event-lake/pull-requests/4";
const codeSchema = z.object({ code: z.string() });

/** Sends so many comments; a status each, or the code of the broken connection. */
async function send(count: number): Promise<(number | string)[]> {
  const outcomes: (number | string)[] = [];
  for (let at = 1; at <= count; at += 1) {
    const outcome = await jane()
      .post(`${pull}/comments`, { text: `Number ${at}` })
      .then((reply) => reply.status)
      .catch((error: unknown) => codeSchema.parse(error).code);
    outcomes.push(outcome);
  }
  return outcomes;
}

const standing = async () => {
  const page = z.looseObject({ values: z.array(z.looseObject({ action: z.string() })) });
  const { values } = page.parse((await jane().get(`${pull}/activities?limit=500`)).json);
  return values.filter(({ action }) => action === "COMMENTED").length;
};

test("a connection breaks after the write was done; reads in between do not count", async () => {
  faults().cutConnection({ afterWrite: true, atCall: 2 });
  expect(await standing()).toBe(0);
  expect(await send(3)).toEqual([201, "ECONNRESET", 201]);
  expect(await standing()).toBe(3);
  expect(sandbox.writes().map(({ status, done }) => [status, done])).toEqual([
    [201, true],
    [0, true],
    [201, true],
  ]);
});

test("a connection breaks before the write was done", async () => {
  faults().cutConnection({ beforeWrite: true, times: 2 });
  expect(await send(3)).toEqual(["ECONNRESET", "ECONNRESET", 201]);
  expect(await standing()).toBe(1);
  expect(sandbox.writes({ done: false })).toHaveLength(2);
});

test("connections break by chance, the same ones for the same seed, and only so often", async () => {
  const cuts = async (seed: number) => {
    sandbox.reset();
    faults().cutConnection({ afterWrite: true, rate: 0.4, times: 5, seed });
    return send(20);
  };
  const first = await cuts(7);
  expect(first.filter((one) => one === "ECONNRESET")).toHaveLength(5);
  expect(await standing()).toBe(20);
  expect(await cuts(7)).toEqual(first);
  expect(await cuts(8)).not.toEqual(first);
});

test("a write that the server refuses is not cut", async () => {
  faults().cutConnection({ afterWrite: true });
  expect((await jane().post(`${pull}/comments`, { text: "" })).status).toBe(400);
  expect(await send(2)).toEqual(["ECONNRESET", 201]);
});

test("writes meet a rate limit with a page, or a failing gateway before or after they were done", async () => {
  faults().failWrites({ status: 429, atCall: 2, retryAfterSeconds: 3 });
  expect(await send(1)).toEqual([201]);
  const limited = await jane().post(`${pull}/comments`, { text: "Now" });
  expect([limited.status, limited.headers["retry-after"], limited.headers["content-type"]]).toEqual([
    429,
    "3",
    "text/html;charset=UTF-8",
  ]);
  faults().failWrites({ status: 503 });
  faults().failWrites({ status: 504, afterWrite: true });
  expect(await send(3)).toEqual([503, 504, 201]);
  expect(await standing()).toBe(3);
});

test("a key is revoked after so many accepted calls", async () => {
  faults().revokeKey("janeRead", 2);
  expect(await send(4)).toEqual([201, 201, 401, 401]);
});

test("the console disturbs writes too", async () => {
  const asked = await ask(`${sandbox.consoleUrl}/disturbances`, {
    method: "POST",
    body: { disturbance: "cutConnection", afterWrite: true, rate: 1, times: 1 },
  });
  expect(asked.status).toBe(200);
  await ask(`${sandbox.consoleUrl}/disturbances`, {
    method: "POST",
    body: { disturbance: "failWrites", status: 503, atCall: 2 },
  });
  expect(await send(3)).toEqual(["ECONNRESET", 503, 201]);
});
