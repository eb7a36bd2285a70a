import { afterEach, describe, expect, test } from "vitest";
import type { CheckOptions } from "@/lib/connectors/connector";
import type { SignIn } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import {
  denied,
  serveBitbucket,
  type TestAnswer,
  type TestBitbucket,
  type TestRoutes,
} from "@/lib/testing/bitbucket";
import { makeCertificate } from "@/lib/testing/certificates";
import { serveHttps, serveTcp } from "@/lib/testing/servers";
import { checkCredential } from "./check";

const egress = {
  policy: { mode: "open", allow: [], loopback: true },
  limits: { connectMs: 1_000, headersMs: 1_000, totalMs: 2_000, bodyBytes: 64 * 1024 },
} as const;
const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };

const servers: TestBitbucket[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function check(routes?: TestRoutes, options: CheckOptions = {}) {
  const server = await serveBitbucket(routes);
  servers.push(server);
  const outcome = await checkCredential(egress, { baseUrl: server.baseUrl, signIn: bearer }, options);
  const withCredential = server.seen.filter((request) => request.authorization !== undefined).length;
  return { outcome, withCredential };
}
const at =
  (part: string, answer: TestAnswer, signedInOnly = true): TestRoutes =>
  (path, request) =>
    path.includes(part) && (!signedInOnly || request.headers.authorization !== undefined)
      ? answer
      : undefined;

describe("a failed check", () => {
  const rows: readonly (readonly [string, TestRoutes, string, string, number])[] = [
    [
      "a wrong secret",
      at("/rest/", denied("auth.IncorrectPasswordAuthenticationException")),
      "signedIn",
      "SECRET_REJECTED",
      1,
    ],
    [
      "a locked account",
      at("/rest/", denied("auth.CaptchaRequiredAuthenticationException", 403)),
      "signedIn",
      "ACCOUNT_LOCKED",
      1,
    ],
    [
      "Basic switched off",
      at("/rest/", {
        status: 403,
        body: { message: "Basic Authentication has been disabled on this instance." },
      }),
      "signedIn",
      "BASIC_SWITCHED_OFF",
      1,
    ],
    [
      "missing rights",
      at("/rest/", { ...denied("AuthorisationException"), headers: { "X-AUSERNAME": "jane" } }),
      "allowed",
      "NOT_PERMITTED",
      1,
    ],
    [
      "too many requests",
      at("/rest/", { status: 429, headers: { "retry-after": "9" } }),
      "bitbucket",
      "RATE_LIMITED",
      1,
    ],
    [
      "a starting server",
      at("/status", { status: 503, body: { state: "STARTING" } }, false),
      "bitbucket",
      "STARTING",
      0,
    ],
    [
      "a server under maintenance",
      at("/status", { body: { state: "MAINTENANCE" } }, false),
      "bitbucket",
      "MAINTENANCE",
      0,
    ],
    ["a server in trouble", at("/rest/", { status: 500 }), "bitbucket", "SERVER_ERROR", 1],
    [
      "a sign-in page that leaves the status open",
      at("/rest/", { body: "<html>" }, false),
      "bitbucket",
      "SIGN_IN_PAGE",
      0,
    ],
    ["Jira", at("/rest/", { status: 404, body: "<html>" }, false), "bitbucket", "OTHER_ATLASSIAN_PRODUCT", 0],
    [
      "something that hides Bitbucket from a credential",
      at("/rest/", { status: 404, body: "<html>" }),
      "bitbucket",
      "FRONT_REFUSES",
      1,
    ],
    [
      "a proxy whose own sign-in is refused",
      at("/rest/", denied("auth.IncorrectPasswordAuthenticationException"), false),
      "bitbucket",
      "FRONT_REFUSES",
      0,
    ],
    ["a page at every path", () => ({ body: "<html>Welcome" }), "bitbucket", "NOT_BITBUCKET", 0],
    ["nothing at any path", () => ({ status: 404, body: "<html>" }), "bitbucket", "NOT_BITBUCKET", 0],
    [
      "Cloud",
      () => ({ status: 401, headers: { "WWW-Authenticate": 'Basic realm="Bitbucket.org HTTP"' } }),
      "bitbucket",
      "BITBUCKET_CLOUD",
      0,
    ],
    [
      "an upgrade to https",
      () => ({ status: 301, headers: { location: "https://127.0.0.1/status" } }),
      "bitbucket",
      "REDIRECTED_TO_HTTPS",
      0,
    ],
    [
      "a sign-in page in front",
      () => ({ status: 302, headers: { location: "https://sso.example.com/login" } }),
      "bitbucket",
      "REDIRECTED",
      0,
    ],
    [
      "JSON far too deep",
      at("/rest/", { body: JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`) }),
      "bitbucket",
      "ANSWER_UNREADABLE",
      1,
    ],
    [
      "a compressed answer",
      at("/rest/", { headers: { "content-encoding": "gzip" } }),
      "bitbucket",
      "ANSWER_COMPRESSED",
      1,
    ],
    [
      "an answer far too long",
      at("/rest/", { body: "x".repeat(70_000) }),
      "bitbucket",
      "ANSWER_TOO_LARGE",
      1,
    ],
  ];
  test.each(rows)(
    "30 a failure by %s is told at its step, with as few sign-ins as can be",
    async (_what, routes, step, reason, sent) => {
      const { outcome, withCredential } = await check(routes);
      expect(outcome).toMatchObject({ kind: "failed", step, reason });
      expect(withCredential).toBe(sent);
      const position = outcome.steps.findIndex((one) => one.state === "failed");
      expect(outcome.steps).toHaveLength(7);
      expect(outcome.steps[position]?.name).toBe(step);
      expect(outcome.steps.slice(position + 1).every((one) => one.state === "skipped")).toBe(true);
      expect(
        outcome.steps.slice(0, position).every((one) => ["passed", "not-applicable"].includes(one.state)),
      ).toBe(true);
      expect(JSON.stringify(outcome)).not.toContain("canary");
    },
  );

  test("by the secret being withdrawn half-way stops at once", async () => {
    const { outcome, withCredential } = await check(
      at("/projects", denied("auth.IncorrectPasswordAuthenticationException")),
    );
    expect(outcome).toMatchObject({ kind: "failed", reason: "SECRET_REJECTED" });
    expect(withCredential).toBe(3);
  });

  test("by an account that may read nothing at all says which account", async () => {
    const none = { ...denied("AuthorisationException"), headers: { "X-AUSERNAME": "jane" } };
    const { outcome } = await check((path) => (/\/(projects|repos)\?/.test(path) ? none : undefined));
    expect(outcome).toMatchObject({
      kind: "failed",
      step: "allowed",
      reason: "NOT_PERMITTED",
      accountName: "jane",
    });
  });

  test("by silence, and by the whole check taking too long, is a time-out", async () => {
    const silent = await check(() => ({ isSilent: true }));
    expect(silent.outcome).toMatchObject({ kind: "failed", step: "bitbucket", reason: "TIMED_OUT" });
    const slow = await check(undefined, { totalMs: 0 });
    expect(slow.outcome).toMatchObject({ kind: "failed", reason: "TIMED_OUT" });
  });

  test("by http typed for a port that speaks https asks for https, whatever its certificate", async () => {
    const { cert, key } = await makeCertificate({ name: "self-signed" });
    const server = await serveHttps({ cert, key }, (_request, response) => void response.end("{}"));
    const outcome = await checkCredential(egress, {
      baseUrl: baseUrlAt(`http://127.0.0.1:${server.port}`),
      signIn: bearer,
    });
    await server.close();
    expect(outcome).toMatchObject({ kind: "failed", step: "bitbucket", reason: "HTTPS_EXPECTED" });
  });

  test("by a server that hangs up on http and https alike stays unreachable", async () => {
    const server = await serveTcp((socket) => void socket.once("data", () => socket.destroy()));
    const outcome = await checkCredential(egress, {
      baseUrl: baseUrlAt(`http://127.0.0.1:${server.port}`),
      signIn: bearer,
    });
    await server.close();
    expect(outcome).toMatchObject({ kind: "failed", step: "bitbucket", reason: "UNREACHABLE" });
  });

  test("by being called off is no finding", async () => {
    const { outcome } = await check(undefined, { signal: AbortSignal.abort() });
    expect(outcome).toMatchObject({ kind: "failed", reason: "CANCELLED" });
  });

  test.each([
    ["https://github.com", "address", "INVALID_BASE_URL"],
    ["https://bitbucket.org/team", "address", "BITBUCKET_CLOUD"],
    ["https://169.254.169.254", "address", "ADDRESS_NOT_ALLOWED"],
    ["https://127.0.0.1:6379", "address", "PORT_NOT_ALLOWED"],
    ["http://10.0.0.1:7990", "address", "PLAIN_HTTP_NOT_ALLOWED"],
    ["http://127.0.0.1:1023", "connection", "UNREACHABLE"],
  ])("by the address %s alone reaches no server", async (baseUrl, step, reason) => {
    const outcome = await checkCredential(egress, { baseUrl: baseUrlAt(baseUrl), signIn: bearer });
    expect(outcome).toMatchObject({ kind: "failed", step, reason });
  });

  test("by its name fails at the name's step, and the time until a port refuses is hidden", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" }));
    const outcome = await checkCredential(
      { ...egress, resolve },
      { baseUrl: baseUrlAt("https://nowhere.test"), signIn: bearer },
    );
    expect(outcome).toMatchObject({ step: "name", reason: "NAME_UNKNOWN" });
    const details: string[] = [];
    const refused = await checkCredential(
      egress,
      { baseUrl: baseUrlAt("http://127.0.0.1:1023"), signIn: bearer },
      { onFailure: (one) => details.push(one.detail) },
    );
    expect(refused.steps[2]).toEqual({ name: "connection", state: "failed", durationMs: null });
    expect(details).toEqual(["connection ECONNREFUSED"]);
  });

  test("never throws, even when its listeners do", async () => {
    const boom = () => {
      throw new Error("boom");
    };
    const { outcome } = await check(undefined, { onStep: boom });
    expect(outcome.kind).toBe("verified");
    const failed = await checkCredential(
      egress,
      { baseUrl: baseUrlAt("http://127.0.0.1:1023"), signIn: bearer },
      { onFailure: boom },
    );
    expect(failed).toMatchObject({ kind: "failed", reason: "UNREACHABLE" });
  });
});
