import { Agent } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { allAccounts, allKeys, sandboxAccounts, sandboxKeys } from "./accounts";
import { ask, basic, bearer } from "./ask";
import { Journal } from "./journal";
import { type Sandbox, startSandbox } from "./start";

const { jane, omar } = sandboxAccounts;
const properties = "/rest/api/1.0/application-properties";
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const attempts = () => sandbox.journal().map((entry) => entry.signInAttempt);

/** Sends requests one after the other on a single connection. */
async function onOneConnection(authorizations: readonly (string | undefined)[], instance = "/") {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  for (const authorization of authorizations) {
    await ask(sandbox.url(instance) + properties, { authorization, agent });
  }
  agent.destroy();
}

test("an entry contains the recognised account, the kind of secret and the result", async () => {
  await ask(`${sandbox.url("/bitbucket")}/rest/api/1.0/projects?limit=1`, {
    authorization: bearer(sandboxKeys.projectData.value),
  });
  expect(sandbox.journal()).toEqual([
    {
      n: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      instance: "/bitbucket",
      connection: expect.any(Number),
      method: "GET",
      path: "/rest/api/1.0/projects?limit=1",
      scheme: "Bearer",
      outcome: "accepted",
      account: "access-key-data",
      secretKind: "project key",
      keyName: "projectData",
      signInAttempt: true,
      cookie: false,
      status: 200,
    },
  ]);
});

test("on one connection the same accepted value is one attempt, another value is another", async () => {
  const password = basic(jane.name, jane.password);
  await onOneConnection([password, undefined, password, bearer(sandboxKeys.janeRead.value), password]);
  expect(attempts()).toEqual([true, false, false, true, false]);
  expect(new Set(sandbox.journal().map((entry) => entry.connection)).size).toBe(1);
});

test("on another connection the same value is another attempt, once the first connection has ended", async () => {
  const agent = new Agent({ keepAlive: true });
  const options = { authorization: basic(jane.name, jane.password), agent };
  await ask(sandbox.url("/") + properties, options);
  await onOneConnection([options.authorization]);
  expect(attempts()).toEqual([true, false]);
  agent.destroy();
  await expect
    .poll(async () => {
      await onOneConnection([options.authorization]);
      return attempts().at(-1);
    })
    .toBe(true);
});

test("every refused request is an attempt, even on one connection, as the lock counts them", async () => {
  await onOneConnection(Array.from({ length: 6 }, () => basic(omar.name, "wrong")));
  expect(attempts()).toEqual([true, true, true, true, true, true]);
  expect(sandbox.journal().map((entry) => entry.outcome)).toEqual([...Array(5).fill("refused"), "locked"]);
});

test.each([
  ["/", undefined, "none"],
  ["/", basic(jane.name, "wrong"), "refused"],
  ["/ten", basic(jane.name, jane.password), "basic-off"],
  ["/ignores", basic(jane.name, jane.password), "ignored"],
  ["/website", bearer("anything"), "ignored"],
])("at %s the sign-in with %s is recorded", async (instance, authorization, outcome) => {
  await ask(sandbox.url(instance) + properties, { authorization });
  expect(sandbox.journal()).toMatchObject([
    { instance, outcome, signInAttempt: authorization !== undefined },
  ]);
});

test("a refused sign-in names its account, and none if the name is unknown", async () => {
  await ask(sandbox.origin + properties, { authorization: basic(jane.name, "wrong") });
  await ask(sandbox.origin + properties, { authorization: basic("somebody", "wrong") });
  await ask(sandbox.origin + properties, { authorization: bearer(sandboxKeys.janeExpired.value) });
  expect(sandbox.journal()).toMatchObject([
    { account: jane.name, keyName: null },
    { account: null, keyName: null },
    { account: jane.name, keyName: "janeExpired", outcome: "refused" },
  ]);
});

test("no secret is in the journal or in any response, however it was presented", async () => {
  const secrets = [...allKeys.map((key) => key.value), ...allAccounts.map((one) => one.password)].filter(
    Boolean,
  );
  const answers: string[] = [];
  for (const secret of [...secrets, "a-wrong-secret"]) {
    for (const authorization of [bearer(secret), basic(secret, secret), basic(jane.name, secret)]) {
      const reply = await ask(
        `${sandbox.origin}/rest/api/1.0/users?limit=1&token=${encodeURIComponent(secret)}`,
        {
          authorization,
        },
      );
      answers.push(reply.text + JSON.stringify(reply.headers));
    }
  }
  const kept = JSON.stringify(sandbox.journal()) + answers.join("\n");
  for (const secret of [...secrets, "a-wrong-secret"]) {
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")]) {
      expect(kept).not.toContain(form);
    }
  }
});

test("the journal can be filtered by instance and by entries after a number", async () => {
  for (const instance of ["/", "/ten", "/"]) await ask(sandbox.url(instance) + properties);
  const [first] = sandbox.journal();
  expect(sandbox.journal({ instance: "/ten" })).toHaveLength(1);
  expect(sandbox.journal({ since: first?.n ?? 0 })).toHaveLength(2);
});

test("the journal keeps the newest 2000 entries and continues to count", () => {
  const journal = new Journal();
  const entry = {
    instance: "/",
    connection: 1,
    method: "GET",
    path: "/",
    scheme: "none",
    outcome: "none",
    account: null,
    secretKind: null,
    keyName: null,
    signInAttempt: false,
    cookie: false,
    status: 200,
  } as const;
  for (let turn = 0; turn < 2_050; turn += 1) journal.record(entry);
  expect(journal.list()).toHaveLength(2_000);
  expect(journal.list()[0]?.n).toBe(51);
  journal.clear();
  journal.record(entry);
  expect(journal.list().map((one) => one.n)).toEqual([2_051]);
});
