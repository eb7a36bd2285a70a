import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { diagnoseBaseUrl } from "@/lib/connectors/bitbucket-server/base-url";
import { checkCredential } from "@/lib/connectors/bitbucket-server/check";
import type { CheckOptions, CheckTarget } from "@/lib/connectors/connector";
import type { CheckOutcome, SignIn } from "@/lib/connectors/types";
import type { EgressLimits } from "@/lib/egress/limits";
import type { EgressPolicy } from "@/lib/egress/policy";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { type Account, type ApiKey, sandboxAccounts, sandboxKeys } from "./accounts";
import { certificateServers } from "./certificate-servers";
import {
  expectedResults,
  type Finding,
  findingOf,
  redirected,
  refusedFor,
  unreadable,
  verified,
} from "./expected-results";
import { hostileText } from "./hostile-text";
import { instanceDescriptions } from "./instances";
import type { InstanceSettings } from "./settings";
import { type Sandbox, startSandbox } from "./start";

/** Small, so that hanging faults do not slow the tests; the product's own limits are five to ten times as long. */
const limits: Partial<EgressLimits> = { headersMs: 900, totalMs: 1_200, bodyBytes: 512 * 1024 };
/** One request that reaches its limit, with a large margin for a busy machine. */
const LONGEST_MS = 4_000;
/** The directory takes seven seconds, which is within the sign-in's limit. */
const LONGEST_SIGN_IN_MS = 14_000;

const { jane, tam } = sandboxAccounts;
const withKey = ({ value }: ApiKey): SignIn => ({
  scheme: "bearer",
  apiKey: Secret.of(value),
  expectedAccount: null,
});
const withPassword = ({ name }: Account, password: string): SignIn => ({
  scheme: "basic",
  username: name,
  password: Secret.of(password),
});
const janesKey = withKey(sandboxKeys.janeWrite);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function check(
  baseUrl: string,
  signIn: SignIn = janesKey,
  trusting = true,
  options: CheckOptions = {},
): Promise<CheckOutcome> {
  const policy: EgressPolicy = {
    mode: "open",
    allow: [],
    loopback: true,
    caCertificates: trusting ? [sandbox.caCertificate] : [],
  };
  const target: CheckTarget = { baseUrl: baseUrlAt(baseUrl), signIn };
  return checkCredential({ policy, limits }, target, options);
}

test("every server of the sandbox has its row in the table", () => {
  const names = [
    ...instanceDescriptions.map(({ path }) => path),
    ...certificateServers.map(({ name }) => name),
  ];
  expect(Object.keys(expectedResults).toSorted()).toEqual(names.toSorted());
  // The normalizer keeps each pasted address whole, not as a page of Bitbucket to cut off.
  for (const name of names)
    expect(diagnoseBaseUrl(sandbox.url(name))).toMatchObject({ baseUrl: { href: sandbox.url(name) } });
});

describe("a check with a good key", () => {
  test.each(Object.entries(expectedResults))(
    "27 a check at %s finds %j, in time, and sends the credential nowhere else",
    async (name, finding) => {
      const began = performance.now();
      const outcome = await check(sandbox.url(name));
      expect(findingOf(outcome)).toEqual(finding);
      const longest = name === "/slow-directory" ? LONGEST_SIGN_IN_MS : LONGEST_MS;
      expect(performance.now() - began).toBeLessThan(longest);
      // No redirect, page or link led the credential to another server; a visitor was led at most to another path.
      const elsewhere = sandbox.journal().filter((entry) => entry.instance !== name);
      expect(
        elsewhere.filter(({ instance, scheme }) => instance !== "/bitbucket" || scheme !== "none"),
      ).toEqual([]);
      expect(JSON.stringify(outcome)).not.toContain(sandboxKeys.janeWrite.value);
      const failedAt = outcome.steps.findIndex((step) => step.state === "failed");
      if (failedAt >= 0) expect(outcome.steps[failedAt]?.name).toBe(finding[0]);
      expect(
        outcome.steps.slice(failedAt + 1).every((step) => failedAt < 0 || step.state === "skipped"),
      ).toBe(true);
    },
  );
});

describe("a check with a good key that asks side by side", () => {
  test.each(Object.entries(expectedResults))("at %s finds the same: %j", async (name, finding) => {
    const outcome = await check(sandbox.url(name), janesKey, true, { atOnce: 4 });
    expect(findingOf(outcome)).toEqual(finding);
    const withKey = sandbox.journal().filter(({ scheme }) => scheme !== "none");
    expect(withKey.filter(({ instance }) => instance !== name)).toEqual([]);
    const refused = withKey.filter((entry) => entry.outcome === "refused" || entry.outcome === "locked");
    expect(refused.length).toBeLessThanOrEqual(1);
  });
});

describe("an address that is nearly right", () => {
  const swapped = (name: string, scheme: string) => sandbox.url(name).replace(/^https?:/, `${scheme}:`);

  test("https on the http port, and http on the https port, are distinguished", async () => {
    expect(findingOf(await check(swapped("/", "https")))).toEqual(["certificate", "HTTP_EXPECTED"]);
    expect(findingOf(await check(swapped("tls:good", "http")))).toEqual(["bitbucket", "HTTPS_EXPECTED"]);
  });

  test("the SSH port speaks neither", async () => {
    const at = (scheme: string) => check(`${scheme}://localhost:${sandbox.sshPort}`);
    expect(findingOf(await at("https"))).toEqual(["certificate", "HTTP_ONLY_SERVER"]);
    expect(findingOf(await at("http"))).toEqual(unreadable);
  });

  test("a private authority that is not configured in the portal is not trusted", async () => {
    const outcome = await check(sandbox.url("tls:good"), janesKey, false);
    expect(findingOf(outcome)).toEqual(refusedFor("untrusted-issuer"));
    expect(sandbox.journal()).toEqual([]);
  });

  test("an unknown context path leads to its sign-in page, not to a signed-in check", async () => {
    expect(findingOf(await check(`${sandbox.origin}/code`))).toEqual(redirected);
  });
});

describe("a credential that is not right", () => {
  const states: readonly (readonly [string, string, Partial<InstanceSettings>, SignIn, Finding])[] = [
    ["a wrong password", "/", {}, withPassword(jane, "wrong"), ["signedIn", "SECRET_REJECTED"]],
    ["an expired key", "/", {}, withKey(sandboxKeys.janeExpired), ["signedIn", "SECRET_REJECTED"]],
    ["a revoked key", "/", {}, withKey(sandboxKeys.janeRevoked), ["signedIn", "SECRET_REJECTED"]],
    ["a key of a former user", "/", {}, withKey(sandboxKeys.remiInactive), ["signedIn", "SECRET_REJECTED"]],
    [
      "a password where only keys count",
      "/ten",
      {},
      withPassword(jane, jane.password),
      ["signedIn", "BASIC_SWITCHED_OFF"],
    ],
    [
      "a password behind a proxy that strips it",
      "/ignores",
      {},
      withPassword(jane, jane.password),
      ["signedIn", "CREDENTIAL_IGNORED"],
    ],
    ["a right password", "/", {}, withPassword(jane, jane.password), verified],
    ["a newcomer's password", "/", {}, withPassword(tam, tam.password), ["verified", "NOTHING_READABLE"]],
    [
      "a good key before the set-up",
      "/",
      { state: "FIRST_RUN" },
      janesKey,
      ["bitbucket", "SETUP_UNFINISHED"],
    ],
    ["a good key after a failed start", "/", { state: "ERROR" }, janesKey, ["bitbucket", "SERVER_ERROR"]],
  ];
  test.each(states)("%s at %s with %j", async (_title, name, changes, signIn, finding) => {
    sandbox.set(name, changes);
    expect(findingOf(await check(sandbox.url(name), signIn))).toEqual(finding);
    const refused = sandbox
      .journal()
      .filter(({ outcome }) => outcome === "refused" || outcome === "basic-off");
    expect(refused.length).toBeLessThanOrEqual(1);
  });

  test.each([401, 403] as const)(
    "a locked account is recognised by its CAPTCHA, required with %i",
    async (status) => {
      sandbox.set("/", { captchaStatus: status });
      for (let turn = 0; turn < 5; turn += 1) await check(sandbox.origin, withPassword(jane, "wrong"));
      expect(findingOf(await check(sandbox.origin, withPassword(jane, jane.password)))).toEqual([
        "signedIn",
        "ACCOUNT_LOCKED",
      ]);
    },
  );

  test("a key without rights still names its account", async () => {
    expect(await check(sandbox.url("/not-allowed"))).toMatchObject({ accountName: jane.name });
  });
});

test("42 hostile names come back short, on one line and without invisible characters", async () => {
  const outcome = await check(sandbox.url("/hostile-names"));
  if (outcome.kind !== "verified") throw new Error(outcome.reason);
  const { account, server } = outcome;
  for (const [name, longest] of [
    [account.displayName, 255],
    [server.displayName, 100],
  ] as const) {
    expect(name).toMatch(/^=cmd/);
    expect(name?.length).toBeLessThanOrEqual(longest);
    expect(name).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
  }
  expect(hostileText).toMatch(/\p{Cc}.*\p{Cf}|\p{Cf}.*\p{Cc}/su);
  expect(account.name).toBe(jane.name);
});
