import { afterEach, describe, expect, test } from "vitest";
import type { CheckOutcome, SignIn } from "@/lib/connectors/types";
import { parseAllowRules } from "@/lib/egress/allow-rules";
import type { EgressPolicy } from "@/lib/egress/policy";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { serveBitbucket, type TestBitbucket } from "@/lib/testing/bitbucket";
import { serveProxy, type TestProxy } from "@/lib/testing/proxy";
import { checkCredential } from "./check";
import { describeFailure } from "./reasons";

const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of("canary-key"), expectedAccount: null };
const listed = parseAllowRules("bitbucket.test");

const servers: (TestBitbucket | TestProxy)[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A check of a Bitbucket over plain http, which the operator lists, through this proxy. */
async function checkThrough(starting: Promise<TestProxy>, port?: number): Promise<CheckOutcome> {
  const [proxy, server] = [await starting, await serveBitbucket()];
  servers.push(proxy, server);
  const policy: EgressPolicy = {
    mode: "open",
    allow: [],
    loopback: false,
    plainHttp: listed.ok ? listed.rules : [],
    proxy: {
      isSecure: false,
      host: "127.0.0.1",
      port: proxy.port,
      authorization: null,
      direct: [],
      caCertificates: [],
    },
  };
  const limits = { connectMs: 400, headersMs: 800, totalMs: 1_500 };
  const baseUrl = `http://bitbucket.test:${port ?? server.port}`;
  return checkCredential({ policy, limits }, { baseUrl: baseUrlAt(baseUrl), signIn: bearer });
}

describe("a check through a proxy", () => {
  test("proves a credential, says that the name was not needed, and that the secret went in clear", async () => {
    const outcome = await checkThrough(serveProxy());
    expect(outcome).toMatchObject({ kind: "verified", warnings: expect.arrayContaining(["PLAIN_HTTP"]) });
    expect(outcome.steps.slice(0, 4).map(({ name, state }) => [name, state])).toEqual([
      ["address", "passed"],
      ["name", "not-applicable"],
      ["connection", "passed"],
      ["certificate", "not-applicable"],
    ]);
  });

  test.each([
    [407, "PROXY_SIGN_IN"],
    [403, "PROXY_REFUSES"],
    [502, "PROXY_NO_WAY"],
    ["silence", "PROXY_SILENT"],
    [{ raw: "hello\r\n" }, "PROXY_UNREADABLE"],
  ] as const)("that answers %j stops at the connection with words of its own", async (answer, reason) => {
    const outcome = await checkThrough(serveProxy({ answer }));
    expect(outcome).toMatchObject({ kind: "failed", step: "connection", reason });
    expect(outcome.steps[1]).toMatchObject({ name: "name", state: "not-applicable" });
    if (outcome.kind !== "failed") return;
    const { title } = describeFailure(outcome, { scheme: "bearer", keyInUsernameField: false });
    expect(title).toMatch(/outgoing proxy|EGRESS_PROXY/);
  });
});
