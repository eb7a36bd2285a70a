import { afterEach, describe, expect, test } from "vitest";
import type { CheckOptions } from "@/lib/connectors/connector";
import type { SignIn } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import { serveBitbucket, type TestBitbucket, type TestRoutes } from "@/lib/testing/bitbucket";
import { checkCredential } from "./check";

/** A tenth of the product's own; the whole check has four seconds. */
const egress = {
  policy: { mode: "open", allow: [], loopback: true },
  limits: { connectMs: 1_000, headersMs: 300, totalMs: 600 },
} as const;
const options: CheckOptions = { totalMs: 4_000 };
const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };

const servers: TestBitbucket[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function check(routes: TestRoutes, more: CheckOptions = options) {
  const server = await serveBitbucket(routes);
  servers.push(server);
  const outcome = await checkCredential(egress, { baseUrl: server.baseUrl, signIn: bearer }, more);
  const signIns = server.seen.filter(({ authorization }) => authorization !== undefined);
  return { outcome, signIns, paths: server.seen.map(({ path }) => path) };
}
const isSignedIn: (request: Parameters<TestRoutes>[1]) => boolean = ({ headers }) =>
  headers.authorization !== undefined;
const properties = (headers: Record<string, string> = {}) => ({
  body: { version: "8.19.4", buildNumber: "8019004", displayName: "Slow" },
  headers,
  delayMs: 900,
});

describe("a slow directory of accounts", () => {
  test("is awaited beyond the limit of other requests, and asked once", async () => {
    const { outcome, signIns } = await check((path, request) =>
      path.endsWith("/application-properties") && isSignedIn(request)
        ? properties({ "X-AUSERNAME": "jane" })
        : undefined,
    );
    expect(outcome).toMatchObject({ kind: "verified", account: { name: "jane" } });
    expect(signIns.filter(({ path }) => path.endsWith("/application-properties"))).toHaveLength(1);
  });

  test("is awaited, too, if only the list of users shows the signed-in account", async () => {
    const { outcome } = await check((path, request) => {
      if (!isSignedIn(request)) return undefined;
      if (path.endsWith("/application-properties")) return properties();
      if (path.startsWith("/rest/api/1.0/users?"))
        return { body: { values: [] }, headers: { "X-AUSERNAME": "jane" }, delayMs: 900 };
      return undefined;
    });
    expect(outcome).toMatchObject({ kind: "verified", account: { name: "jane" } });
  });

  test("that takes longer than the whole check is a time-out, after one attempt", async () => {
    const { outcome, signIns } = await check(
      (path, request) =>
        path.endsWith("/application-properties") && isSignedIn(request) ? { isSilent: true } : undefined,
      { totalMs: 800 },
    );
    expect(outcome).toMatchObject({ kind: "failed", step: "bitbucket", reason: "TIMED_OUT" });
    expect(signIns).toHaveLength(1);
  });
});

describe("a status page alone", () => {
  test.each([
    ["hangs", { isSilent: true }],
    ["is cut off", { status: 200, body: Buffer.alloc(2 * 1024 * 1024) }],
    ["comes too late", { body: { state: "RUNNING" }, delayMs: 500 }],
    ["is missing", { status: 404, body: "<html>" }],
    ["is compressed", { headers: { "content-encoding": "gzip" }, body: Buffer.from("x") }],
  ] as const)("that %s is no failure: the rest decides", async (_what, answer) => {
    const { outcome } = await check((path) => (path === "/status" ? answer : undefined));
    expect(outcome).toMatchObject({ kind: "verified", account: { name: "jane" } });
  });

  test("that hangs does not let the credential go to a server other than Bitbucket", async () => {
    const { outcome, signIns } = await check((path) =>
      path === "/status" ? { isSilent: true } : { body: "<html>Welcome" },
    );
    expect(outcome).toMatchObject({ kind: "failed", reason: "NOT_BITBUCKET" });
    expect(signIns).toEqual([]);
  });

  test("and everything else that hangs is a time-out, and the credential is not sent", async () => {
    const { outcome, signIns } = await check(() => ({ isSilent: true }));
    expect(outcome).toMatchObject({ kind: "failed", step: "bitbucket", reason: "TIMED_OUT" });
    expect(signIns).toEqual([]);
  });
});
