import { afterEach, describe, expect, test } from "vitest";
import type { SignIn } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import {
  denied,
  jane,
  page,
  properties,
  serveBitbucket,
  type TestAnswer,
  type TestBitbucket,
  type TestRoutes,
} from "@/lib/testing/bitbucket";
import { checkCredential } from "./check";

const egress = {
  policy: { mode: "open", allow: [], loopback: true },
  limits: { connectMs: 3_000, headersMs: 5_000, totalMs: 10_000, bodyBytes: 64 * 1024 },
} as const;
const basic: SignIn = { scheme: "basic", username: "jane", password: Secret.of("canary-pass") };
const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };

const servers: TestBitbucket[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function check(routes: TestRoutes, signIn: SignIn = bearer) {
  const server = await serveBitbucket(routes);
  servers.push(server);
  return { outcome: await checkCredential(egress, { baseUrl: server.baseUrl, signIn }), server };
}
const at =
  (part: string, answer: TestAnswer, signedInOnly = true): TestRoutes =>
  (path, request) =>
    path.includes(part) && (!signedInOnly || request.headers.authorization !== undefined)
      ? answer
      : undefined;

describe("a server that names no account", () => {
  const nameless =
    (answers: Record<string, TestAnswer>): TestRoutes =>
    (path, request) => {
      const part = Object.keys(answers).find((key) => path.includes(key));
      if (part !== undefined && request.headers.authorization) return answers[part];
      return path.endsWith("/application-properties") ? { body: properties } : undefined;
    };

  test("is asked for what only signed-in callers get; a no means that the credential was ignored", async () => {
    const { outcome } = await check(nameless({ "/users": denied("AuthorisationException") }), basic);
    expect(outcome).toMatchObject({ kind: "failed", step: "signedIn", reason: "CREDENTIAL_IGNORED" });
  });

  test("a yes counts, with the name that comes with it or without one", async () => {
    const named = await check(
      nameless({ "/users": { body: page([jane]), headers: { "X-AUSERNAME": "jane" } } }),
    );
    expect(named.outcome).toMatchObject({ kind: "verified", account: { name: "jane" } });
    const unnamed = await check(nameless({ "/users": { body: page([jane]) } }));
    expect(unnamed.outcome).toMatchObject({
      kind: "verified",
      account: { name: null, type: "unknown" },
      warnings: ["ACCOUNT_UNNAMED", "PLAIN_HTTP"],
    });
  });

  const users = denied("AuthorisationException");
  const nothing = { body: page([]) };

  test.each<[string, Record<string, TestAnswer>]>([
    ["a repository", { "permission=REPO_READ": { body: page([{}]) } }],
    [
      "a project without a repository",
      { "permission=REPO_READ": nothing, PROJECT_READ: { body: page([{}]) } },
    ],
  ])("a key, refused among users, proves itself by %s that it can read", async (_what, answers) => {
    const { outcome } = await check(nameless({ "/users": users, ...answers }));
    expect(outcome).toMatchObject({ kind: "verified", account: { name: null }, keyKind: null });
  });

  const empty = { "/users": users, "/repos?": nothing, "/projects?": nothing };

  test("a key with nothing in it has signed in where visitors get no answer", async () => {
    const { outcome } = await check(nameless(empty));
    expect(outcome).toMatchObject({
      kind: "verified",
      warnings: expect.arrayContaining(["NOTHING_READABLE"]),
    });
  });

  test("a key that gets what visitors get may be read by the server or not: neither is claimed", async () => {
    const toAll: TestRoutes = (path, request) =>
      path.includes("/projects?") ? nothing : nameless(empty)(path, request);
    const { outcome } = await check(toAll);
    expect(outcome).toMatchObject({ kind: "failed", step: "signedIn", reason: "KEY_NOT_RECOGNISED" });
  });

  test("users shown to visitors too prove nothing", async () => {
    const toAll: TestRoutes = (path, request) =>
      path.includes("/users") ? { body: page([jane]) } : nameless({})(path, request);
    const { outcome } = await check(toAll, basic);
    expect(outcome).toMatchObject({ kind: "failed", step: "signedIn", reason: "EVERYBODY_SIGNED_IN" });
  });
});

describe("who the server says it is", () => {
  test("is warned of whenever it is another name than the typed one, with a password too", async () => {
    const service = { "X-AUSERNAME": "svc-proxy" };
    const { outcome } = await check(
      at("/application-properties", { body: properties, headers: service }),
      basic,
    );
    expect(outcome).toMatchObject({
      expectedAccountDiffers: "jane",
      warnings: expect.arrayContaining(["OTHER_ACCOUNT"]),
    });
  });

  test("proves nothing if visitors get the same answer", async () => {
    const service = { "X-AUSERNAME": "svc-proxy" };
    const { outcome } = await check(
      at("/application-properties", { body: properties, headers: service }, false),
      basic,
    );
    expect(outcome).toMatchObject({
      step: "signedIn",
      reason: "EVERYBODY_SIGNED_IN",
      accountName: "svc-proxy",
    });
  });

  test("proves nothing either where visitors are refused a right in that account's name", async () => {
    const headers = { "X-AUSERNAME": "svc-proxy" };
    const { outcome } = await check((path, request) => {
      if (!path.endsWith("/application-properties")) return undefined;
      if (request.headers.authorization !== undefined) return { body: properties, headers };
      return { ...denied("AuthorisationException"), headers };
    }, basic);
    expect(outcome).toMatchObject({ reason: "EVERYBODY_SIGNED_IN", accountName: "svc-proxy" });
  });

  test.each([
    ["the e-mail of the account's record", "Jane@Example.com"],
    ["its form in addresses", "jane-c"],
  ])("is the same account by %s", async (_what, typed) => {
    const users = at("/users?", { body: page([{ ...jane, slug: "jane-c" }]) });
    for (const signIn of [
      { ...bearer, expectedAccount: typed },
      { ...basic, username: typed },
    ]) {
      const { outcome } = await check(users, signIn);
      expect(outcome).toMatchObject({ expectedAccountDiffers: null, warnings: ["PLAIN_HTTP"] });
      expect(JSON.stringify(outcome)).not.toMatch(/jane@example/i);
    }
  });

  test("may be the account of a key, which has no user name to expect", async () => {
    const headers = { "X-AUSERNAME": "access-token-user/2/1234" };
    const { outcome, server } = await check(at("/application-properties", { body: properties, headers }), {
      ...bearer,
      expectedAccount: "jane",
    });
    expect(outcome).toMatchObject({
      account: { name: "access-token-user/2/1234", type: "service" },
      expectedAccountDiffers: null,
      warnings: ["ACCOUNT_NOT_A_PERSON", "PLAIN_HTTP"],
    });
    expect(server.seen.some(({ path }) => path.includes("/users"))).toBe(false);
  });

  test.each<[string, TestAnswer]>([
    ["refused", { ...denied("AuthorisationException"), headers: { "X-AUSERNAME": "jane" } }],
    ["a list that is not at its end", { body: page([], false) }],
    ["unreadable", { body: "<html>" }],
  ])("leaves the kind of a key open where the lookup is %s", async (_what, users) => {
    const one = { body: page([{}]), headers: { "X-AUSERNAME": "jane" } };
    const { outcome } = await check((path, request) => {
      if (request.headers.authorization === undefined) return undefined;
      if (path.includes("/users?")) return users;
      return path.includes("PROJECT_READ") ? one : undefined;
    });
    expect(outcome).toMatchObject({ kind: "verified", keyKind: null });
  });
});

describe("a page that is empty and not the last", () => {
  const empty = (nextPageStart?: number) => ({ body: { ...page([], false), nextPageStart } });

  test("is followed by the next one", async () => {
    const { outcome } = await check((path) => {
      if (path.includes("start=25")) return { body: page([{}, {}]) };
      return /\/(?:repos|projects)\?/.test(path) ? empty(25) : undefined;
    });
    expect(outcome).toMatchObject({
      access: { readable: { count: 2, more: false } },
      warnings: ["PLAIN_HTTP"],
    });
  });

  test.each<[string, (path: string) => TestAnswer]>([
    ["without an end", (path) => empty(Number(/start=(\d+)/.exec(path)?.[1] ?? 0) + 10)],
    ["that names itself", () => empty(25)],
    ["without a next one", () => empty()],
  ])("%s is not taken for nothing", async (_what, answer) => {
    const { outcome, server } = await check((path) =>
      /\/(?:repos|projects)\?/.test(path) ? answer(path) : undefined,
    );
    expect(outcome).toMatchObject({
      access: { readable: null },
      warnings: ["ACCESS_NOT_COUNTED", "PLAIN_HTTP"],
    });
    expect(server.seen.length).toBeLessThan(30);
  });
});
