import { afterEach, describe, expect, test } from "vitest";
import type { CheckOptions } from "@/lib/connectors/connector";
import { type CheckOutcome, type CheckStep, type SignIn, stepNames } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import {
  denied,
  jane,
  page,
  serveBitbucket,
  type TestAnswer,
  type TestBitbucket,
  type TestRoutes,
} from "@/lib/testing/bitbucket";
import { checkCredential } from "./check";

const egress = {
  policy: { mode: "open", allow: [], loopback: true },
  limits: { connectMs: 1_000, headersMs: 2_000, totalMs: 3_000, bodyBytes: 64 * 1024 },
} as const;
const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };
const atOnce = 4;

const servers: TestBitbucket[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function check(routes: TestRoutes, options: CheckOptions = { atOnce }) {
  const server = await serveBitbucket(routes);
  servers.push(server);
  const began = performance.now();
  const outcome = await checkCredential(egress, { baseUrl: server.baseUrl, signIn: bearer }, options);
  const signedIn = server.seen.filter(({ authorization }) => authorization !== undefined);
  return { outcome, server, signedIn, tookMs: performance.now() - began };
}

/** Answers everything after a while, and counts the requests under way. */
function counted(routes: TestRoutes, delayMs = 40) {
  const counts = { now: 0, most: 0 };
  const counting: TestRoutes = (path, request) => {
    counts.now += 1;
    counts.most = Math.max(counts.most, counts.now);
    setTimeout(() => {
      counts.now -= 1;
    }, delayMs);
    const answer = routes(path, request);
    return answer && { ...answer, delayMs };
  };
  return { counts, counting };
}

const named = { "X-AUSERNAME": "jane" };
const at =
  (part: string, answer: TestAnswer): TestRoutes =>
  (path, { headers }) =>
    path.includes(part) && headers.authorization !== undefined ? answer : undefined;

/** All that a Bitbucket says to a user: nothing is left to the stand-in's own answers. */
const full: TestRoutes = (path, { headers }) => {
  if (path === "/status") return { body: { state: "RUNNING" } };
  const version = { version: "8.19.4", buildNumber: "8019004", displayName: "Full" };
  if (headers.authorization === undefined) return { body: version };
  const answer = (body: unknown) => ({ body, headers: named });
  if (path.endsWith("/application-properties")) return answer(version);
  if (path.startsWith("/rest/api/1.0/users?")) return answer(page([{ ...jane, avatarUrl: "/avatar.png" }]));
  if (path.endsWith("/rate-limit/settings"))
    return answer({ enabled: true, defaultSettings: { capacity: 60, fillRate: 5 } });
  if (path.includes("/rate-limit/settings/users/jane"))
    return answer({ settings: { capacity: 9, fillRate: 2 } });
  return answer(page([{}]));
};

function withoutTimes(outcome: CheckOutcome) {
  const steps = outcome.steps.map(({ name, state }) => `${name} ${state}`);
  return { ...outcome, steps, roundTripMs: null };
}

describe("a check that asks side by side", () => {
  test.each<[string, TestRoutes]>([
    ["that answers everything", full],
    [
      "with rights to read alone",
      (path, request) =>
        at("_WRITE", { body: page([]), headers: named })(path, request) ?? full(path, request),
    ],
    ["with nothing to read", at("_READ", { body: page([]), headers: named })],
    ["without limits", at("/rate-limit/settings", { body: { enabled: false }, headers: named })],
    [
      "that allows nothing",
      (path) =>
        /\/(projects|repos)\?/.test(path)
          ? { ...denied("AuthorisationException"), headers: named }
          : undefined,
    ],
    ["that knows no users", at("/users", denied("AuthorisationException"))],
    [
      "that refuses the secret",
      at("/application-properties", denied("auth.IncorrectPasswordAuthenticationException")),
    ],
    [
      "that is starting",
      (path) => (path === "/status" ? { status: 503, body: { state: "STARTING" } } : undefined),
    ],
    ["that is none", () => ({ body: "<html>" })],
  ])("finds what one that asks in turn finds, at a server %s", async (_what, routes) => {
    const inTurn = await check(routes, {});
    const sideBySide = await check(routes);
    expect(withoutTimes(sideBySide.outcome)).toEqual(withoutTimes(inTurn.outcome));
    expect(inTurn.server.connections()).toBe(1);
  });

  test("has four requests under way at most, and waits far less often than one in turn", async () => {
    const { counts, counting } = counted(full);
    const { outcome, signedIn, tookMs } = await check(counting);
    expect(outcome).toMatchObject({ kind: "verified", allowance: { kind: "limited", atOnce: 9 } });
    expect(signedIn).toHaveLength(11);
    expect(counts.most).toBe(atOnce);
    const inTurn = await check(counting, {});
    expect(inTurn.signedIn).toHaveLength(11);
    expect(tookMs).toBeLessThan(inTurn.tookMs);
  });

  test("tells its steps once each, in the order shown", async () => {
    const heard: CheckStep[] = [];
    const { outcome } = await check(full, { atOnce, onStep: (step) => heard.push(step) });
    expect(heard.map(({ name }) => name)).toEqual(stepNames);
    expect(heard).toEqual(outcome.steps);
  });

  test("sends a secret that is refused exactly once, however many connections are open", async () => {
    const refused = at("", denied("auth.IncorrectPasswordAuthenticationException"));
    const { outcome, signedIn } = await check(refused);
    expect(outcome).toMatchObject({ kind: "failed", step: "signedIn", reason: "SECRET_REJECTED" });
    expect(signedIn).toHaveLength(1);
  });

  test("stops at a secret that is revoked half-way: nothing is sent after the refusal, nothing is awaited", async () => {
    const revoked = denied("auth.IncorrectPasswordAuthenticationException");
    const { outcome, signedIn, tookMs } = await check((path, request) => {
      if (path.includes("PROJECT_READ")) return { isSilent: true };
      return at("REPO_READ", revoked)(path, request);
    });
    expect(outcome).toMatchObject({ kind: "failed", step: "allowed", reason: "SECRET_REJECTED" });
    expect(signedIn.length).toBeLessThanOrEqual(1 + atOnce);
    expect(signedIn.filter(({ path }) => /_WRITE|_ADMIN|rate-limit/.test(path))).toEqual([]);
    expect(tookMs).toBeLessThan(egress.limits.headersMs);
  });

  test("leaves only the question open that hangs, and waits for it no longer than for any other", async () => {
    const { outcome, tookMs } = await check(at("PROJECT_READ", { isSilent: true }));
    expect(outcome).toMatchObject({
      kind: "verified",
      account: { name: "jane", displayName: "Jane Citizen" },
      access: {
        projects: { count: 2 },
        readable: { count: 3 },
        writable: { count: 1 },
        administrable: { count: 0 },
        projectRights: { readable: null },
      },
    });
    expect(tookMs).toBeLessThan(2 * egress.limits.headersMs);
  });

  test("goes on with the connections that a server allows", async () => {
    const server = await serveBitbucket(full);
    servers.push(server);
    server.allowConnections(1);
    const target = { baseUrl: server.baseUrl, signIn: bearer };
    expect(await checkCredential(egress, target, { atOnce })).toMatchObject({
      kind: "verified",
      access: { projects: { count: 1 } },
    });
  });
});
