import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { bearer } from "./ask";
import { type Sandbox, startSandbox } from "./start";
import { WriteJournal } from "./write-journal";
import { writer } from "./writer";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const jane = () => writer(sandbox, bearer(sandboxKeys.janeRead.value));
const pull = "api/1.0/projects/DATA/repos/event-lake/pull-requests/4";

test("writes are kept with method, path, query, body and status; reads are not among them", async () => {
  await jane().get(pull);
  await jane().post(`${pull}/comments`, { text: "One" });
  await jane().remove(`${pull}/comments/1?version=4`);
  expect(sandbox.writes()).toMatchObject([
    {
      method: "POST",
      path: `/rest/${pull}/comments`,
      type: "application/json",
      body: '{"text":"One"}',
      account: "jcitizen",
      instance: "/",
      status: 201,
      done: true,
    },
    { method: "DELETE", path: `/rest/${pull}/comments/1?version=4`, body: "", status: 409, done: false },
  ]);
  expect(sandbox.journal({ writes: true })).toHaveLength(2);
  expect(sandbox.journal({ writes: false })).toHaveLength(1);
  const [first] = sandbox.writes();
  expect(sandbox.writes({ since: first?.n, done: false })).toHaveLength(1);
  expect(sandbox.writes({ account: "zlindqvist" })).toEqual([]);
});

test("no secret is kept of a body, however it is written", async () => {
  const secrets = [sandboxKeys.zoeAdmin.value, sandboxAccounts.zoe.password];
  for (const secret of secrets) {
    await jane().post(`${pull}/comments`, { text: `My key is ${secret}.` });
    const escaped = [...secret]
      .map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join("");
    await jane().post(`${pull}/comments`, `{"text":"${escaped}"}`);
  }
  await jane().post(`${pull}/comments`, { text: "x", configuration: { secret: 'sa"ys' }, password: "p" });
  const bodies = sandbox.writes().map(({ body }) => body);
  expect(bodies[0]).toBe('{"text":"My key is [secret]."}');
  expect(bodies[1]).toBe("[secret]");
  expect(bodies[4]).toBe('{"text":"x","configuration":{"secret":"[secret]"},"password":"[secret]"}');
  for (const secret of secrets) expect(bodies.join()).not.toContain(secret);
});

test("long bodies are cut, and told apart by their hash", async () => {
  const text = "long ".repeat(2_000);
  await jane().post(`${pull}/comments`, { text: `${text}a` });
  await jane().post(`${pull}/comments`, { text: `${text}b` });
  const [one, other] = sandbox.writes();
  expect(one?.body).toHaveLength(4_000);
  expect(one?.body).toBe(other?.body);
  expect(one?.bodyHash).not.toBe(other?.bodyHash);
});

test("at least the newest 30,000 are kept", () => {
  const journal = new WriteJournal();
  const entry = { instance: "/", method: "POST", path: "/rest/x", type: "", account: null } as const;
  for (let at = 0; at < 70_000; at += 1) journal.record({ ...entry, body: `${at}`, status: 201, done: true });
  const kept = journal.list();
  expect(kept.length).toBeGreaterThanOrEqual(30_000);
  expect(kept.length).toBeLessThan(60_000);
  expect([kept.at(-1)?.n, kept.at(-1)?.body]).toEqual([70_000, "69999"]);
});
