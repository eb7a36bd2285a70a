import { afterEach, expect, test } from "vitest";
import type { SignIn } from "@/lib/connectors/types";
import type { EgressPolicy } from "@/lib/egress/policy";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { denied, page, serveBitbucket, type TestAnswer, type TestBitbucket } from "@/lib/testing/bitbucket";
import { openBitbucketSource } from "./source";

const policy: EgressPolicy = { mode: "open", allow: [], loopback: true };
const secret = "BBDC-MjUyOTczNTE1MDY5OsPVSSkz";
const key: SignIn = { scheme: "bearer", apiKey: Secret.of(secret), expectedAccount: null };
const named = { "X-AUSERNAME": "jane", "X-AREQUESTID": "1" };
const path = "/rest/api/1.0/projects/P/repos/r/branches";

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A source at a server that gives this answer to the branches, and the usual ones to everything else. */
async function sourceAt(
  answer: TestAnswer,
  others: Readonly<Record<string, TestAnswer>> = {},
  limits = {},
  signIn = key,
) {
  const server: TestBitbucket = await serveBitbucket(
    (asked) =>
      asked.startsWith(path) ? answer : Object.entries(others).find(([one]) => asked.startsWith(one))?.[1],
    "/git",
  );
  const opened = await openBitbucketSource(
    { policy, limits: { bodyBytes: 10 } },
    { baseUrl: server.baseUrl, signIn },
    { headersMs: 5_000, totalMs: 5_000, bodyBytes: 1_000_000, ...limits },
  );
  if (!opened.ok) throw new Error(opened.meaning.reason);
  open.push(opened.source.close, server.close);
  return {
    ask: () => opened.source.get({ path, query: { limit: 5, filterText: "a b&c" } }),
    seen: server.seen,
  };
}

test("asks below the base URL with the credential, over one connection", async () => {
  const { ask, seen } = await sourceAt({ body: page(["a"]), headers: named });
  expect([await ask(), await ask()].map(({ kind }) => kind)).toEqual(["body", "body"]);
  const request = { path: `${path}?limit=5&filterText=a+b%26c`, authorization: `Bearer ${secret}` };
  expect(seen).toEqual([request, request]);
});

test.each([
  ["as it is", secret],
  ["in the middle of a text", `token ${secret}!`],
  ["in other letters", secret.toUpperCase()],
  ["with spaces and escapes", secret.split("").join(" ").replace("M", "%4D")],
  ["without its prefix", secret.slice(5)],
  ["in base64", Buffer.from(secret).toString("base64")],
  ["in hexadecimal", Buffer.from(secret).toString("hex")],
])("an answer that repeats the secret %s comes without it", async (_name, echo) => {
  const { ask } = await sourceAt({ body: page([{ id: "refs/heads/main", name: echo }]), headers: named });
  expect(await ask()).toMatchObject({
    kind: "body",
    body: { values: [{ id: "refs/heads/main", name: null }] },
  });
});

test("a secret in JSON escapes is found, too", async () => {
  const escaped = [...secret].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
  const body = Buffer.from(`{"values": [{"name": "${escaped}"}], "isLastPage": true}`);
  const { ask } = await sourceAt({ body, headers: { ...named, "content-type": "application/json" } });
  expect(await ask()).toMatchObject({ body: { values: [{ name: null }] } });
});

test("a password that is a word takes no records away, but its encoded forms do not come through", async () => {
  const signIn: SignIn = { scheme: "basic", username: "jane", password: Secret.of("main") };
  const header = Buffer.from("jane:main").toString("base64");
  const answer = { body: page([{ id: "refs/heads/main", name: `Basic ${header}` }]), headers: named };
  const { ask } = await sourceAt(answer, {}, {}, signIn);
  expect(await ask()).toMatchObject({ body: { values: [{ id: "refs/heads/main", name: null }] } });
});

test("an answer that names nobody is believed only if others prove the sign-in, asked once", async () => {
  const { ask, seen } = await sourceAt({ body: page(["a"]) });
  expect([(await ask()).kind, (await ask()).kind]).toEqual(["body", "body"]);
  expect(seen.map((one) => one.path.split("?")[0])).toEqual([path, "/rest/api/1.0/users", path]);
});

test("an answer for nobody is a refused credential, not an empty server", async () => {
  const { ask } = await sourceAt(
    { body: page([]) },
    { "/rest/api/1.0/users": denied("AuthorisationException"), "/rest/api/1.0/repos": { body: page([]) } },
  );
  expect(await ask()).toEqual({ kind: "refused", reason: "CREDENTIAL_IGNORED" });
});

test("a project's key that may not list users is proven by what it may read", async () => {
  const { ask } = await sourceAt(
    { body: page([]) },
    { "/rest/api/1.0/users": denied("AuthorisationException"), "/rest/api/1.0/repos": { body: page([{}]) } },
  );
  expect((await ask()).kind).toBe("body");
});

test("a missing right is no refused secret, and a refused secret no missing right", async () => {
  const right = await sourceAt({ ...denied("AuthorisationException"), headers: named });
  expect(await right.ask()).toEqual({ kind: "skip", reason: "no-right" });
  const wrong = await sourceAt(denied("IncorrectPasswordAuthenticationException"));
  expect(await wrong.ask()).toEqual({ kind: "refused", reason: "SECRET_REJECTED" });
  expect(wrong.seen).toHaveLength(1);
});

test("silence may pass; an answer that is too large does not", async () => {
  const silent = await sourceAt({ isSilent: true }, {}, { headersMs: 100, totalMs: 100 });
  expect(await silent.ask()).toEqual({ kind: "retry", reason: "TIMED_OUT" });
  const large = await sourceAt({ body: page(["a".repeat(2_000)]), headers: named }, {}, { bodyBytes: 1_000 });
  expect(await large.ask()).toEqual({ kind: "failed", reason: "ANSWER_TOO_LARGE" });
});

test("a server that cannot be reached may come back; an address that is not allowed stays so", async () => {
  const opened = (href: string, from: EgressPolicy) =>
    openBitbucketSource({ policy: from }, { baseUrl: baseUrlAt(href), signIn: key });
  const closed = await serveBitbucket();
  await closed.close();
  expect(await opened(closed.baseUrl.href, policy)).toEqual({
    ok: false,
    meaning: { kind: "retry", reason: "UNREACHABLE" },
  });
  expect(await opened("http://127.0.0.1:9", { ...policy, loopback: false })).toMatchObject({
    ok: false,
    meaning: { kind: "failed" },
  });
  expect(await opened("https://bitbucket.org", policy)).toEqual({
    ok: false,
    meaning: { kind: "failed", reason: "INVALID_BASE_URL" },
  });
});

test("sources take no slot at their host: runs are limited over all processes", async () => {
  const server = await serveBitbucket(() => ({ body: page([]), headers: named }));
  const sources = await Promise.all(
    [1, 2, 3].map(() =>
      openBitbucketSource({ policy, limits: { queueMs: 50 } }, { baseUrl: server.baseUrl, signIn: key }),
    ),
  );
  for (const opened of sources) if (opened.ok) open.push(opened.source.close);
  open.push(server.close);
  expect(sources.map(({ ok }) => ok)).toEqual([true, true, true]);
});
