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
  limits: { connectMs: 3_000, headersMs: 5_000, totalMs: 10_000, bodyBytes: 64 * 1024 },
} as const;
const basic: SignIn = { scheme: "basic", username: "jane", password: Secret.of("canary-pass") };
const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };

const servers: TestBitbucket[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function check(
  routes?: TestRoutes,
  signIn: SignIn = bearer,
  options: CheckOptions = {},
  contextPath = "",
) {
  const server = await serveBitbucket(routes, contextPath);
  servers.push(server);
  const outcome = await checkCredential(egress, { baseUrl: server.baseUrl, signIn }, options);
  const withCredential = server.seen.filter((request) => request.authorization !== undefined).length;
  return { outcome, server, withCredential };
}
const states = (outcome: CheckOutcome) => outcome.steps.map((step) => `${step.name} ${step.state}`);
const at =
  (part: string, answer: TestAnswer, signedInOnly = true): TestRoutes =>
  (path, request) =>
    path.includes(part) && (!signedInOnly || request.headers.authorization !== undefined)
      ? answer
      : undefined;

describe("a good credential", () => {
  test("comes back with account, server, rights counted up to a bound, and every step passed", async () => {
    const heard: CheckStep[] = [];
    const { outcome, server } = await check(
      undefined,
      basic,
      { onStep: (step) => heard.push(step) },
      "/stash",
    );
    expect(outcome).toMatchObject({
      kind: "verified",
      account: { name: "jane", displayName: "Jane Citizen", slug: "jane", active: true, type: "user" },
      expectedAccountDiffers: null,
      server: {
        product: "Bitbucket",
        version: "8.19.4",
        buildNumber: "8019004",
        displayName: "Test Bitbucket",
      },
      access: {
        projects: { count: 2, more: false },
        readable: { count: 3, more: true },
        writable: { count: 1, more: false },
        administrable: { count: 0, more: false },
      },
      certificate: null,
      warnings: ["PLAIN_HTTP"],
    });
    expect(states(outcome)).toEqual([
      "address passed",
      "name passed",
      "connection passed",
      "certificate not-applicable",
      "bitbucket passed",
      "signedIn passed",
      "allowed passed",
    ]);
    expect(outcome.steps.map(({ name }) => name)).toEqual(stepNames);
    expect(heard).toEqual(outcome.steps);
    expect(server.connections()).toBe(1);
    expect(JSON.stringify(outcome)).not.toMatch(/canary|jane@example/);
  });

  test("is sent as Basic or as Bearer, never to the status page, and stays under the context path", async () => {
    const { server } = await check(undefined, basic, {}, "/Tools/stash");
    const sent = `Basic ${Buffer.from("jane:canary-pass").toString("base64")}`;
    const [asVisitor, afterwards] = [server.seen.slice(0, 2), server.seen.slice(2)];
    expect(asVisitor).toEqual([
      { path: "/status", authorization: undefined },
      { path: "/rest/api/1.0/application-properties", authorization: undefined },
    ]);
    expect(new Set(afterwards.map((request) => request.authorization))).toEqual(new Set([sent]));
    expect(server.seen.slice(1).every((request) => request.path.startsWith("/rest/api/1.0/"))).toBe(true);
    const second = await check(undefined, bearer);
    expect(second.server.seen[2]?.authorization).toBe("Bearer canary-key");
  });

  test("of another account than the named one has a warning", async () => {
    const { outcome } = await check(undefined, { ...bearer, expectedAccount: "john" });
    expect(outcome).toMatchObject({
      expectedAccountDiffers: "john",
      warnings: ["OTHER_ACCOUNT", "PLAIN_HTTP"],
    });
    const same = await check(undefined, { ...bearer, expectedAccount: "JANE" });
    expect(same.outcome).toMatchObject({ expectedAccountDiffers: null });
  });

  test("that sees nothing is verified with that warning", async () => {
    const empty: TestRoutes = (path) => (/\/(projects|repos)\?/.test(path) ? { body: page([]) } : undefined);
    const { outcome } = await check(empty);
    expect(outcome).toMatchObject({ kind: "verified", warnings: ["NOTHING_READABLE", "PLAIN_HTTP"] });
  });

  test("of an account among others with a similar name brings the right record", async () => {
    const others = page([
      { ...jane, name: "janet", displayName: "Janet" },
      null,
      { odd: 1 },
      { ...jane, name: "JANE" },
    ]);
    const { outcome } = await check(at("/users?", { body: others }));
    expect(outcome).toMatchObject({ account: { name: "JANE", displayName: "Jane Citizen" } });
  });

  test("of a key without a user record is a success of another kind", async () => {
    const routes: TestRoutes = (path) =>
      path.includes("/users?")
        ? { ...denied("AuthorisationException"), headers: { "X-AUSERNAME": "access-token-user" } }
        : undefined;
    const { outcome } = await check(routes);
    expect(outcome).toMatchObject({
      kind: "verified",
      account: { name: "jane", displayName: null, type: "unknown" },
    });
  });

  test("has displayed text cleaned and cut", async () => {
    const name = `\u001b[31mEvil\u202e\u0000${"x".repeat(9000)}`;
    const { outcome } = await check(at("/users?", { body: page([{ ...jane, displayName: name }]) }));
    const shown = outcome.kind === "verified" ? outcome.account.displayName : null;
    expect(shown).toMatch(/^\[31mEvil x+$/);
    expect(shown?.length).toBeLessThanOrEqual(255);
  });

  test("stays verified when the server tires while rights are counted", async () => {
    const { outcome, server } = await check(at("REPO_READ", { status: 429 }));
    expect(outcome).toMatchObject({
      kind: "verified",
      access: { projects: { count: 2 }, readable: null, writable: null, administrable: null },
      warnings: ["ACCESS_NOT_COUNTED", "PLAIN_HTTP"],
    });
    expect(server.seen.some((request) => request.path.includes("REPO_WRITE"))).toBe(false);
  });
});
