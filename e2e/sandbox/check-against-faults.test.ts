import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type CheckTarget, checkCredential } from "@/lib/bitbucket/check";
import type {
  CertificateReason,
  CheckOutcome,
  FailureReason,
  RungName,
  SignIn,
  WarningCode,
} from "@/lib/bitbucket/types";
import type { EgressLimits } from "@/lib/egress/limits";
import type { EgressPolicy } from "@/lib/egress/policy";
import { type Account, type ApiKey, sandboxAccounts, sandboxKeys } from "./accounts";
import { certificateServers } from "./certificate-servers";
import { hostileText } from "./hostile-text";
import { instanceDescriptions } from "./instances";
import type { InstanceSettings } from "./settings";
import { type Sandbox, startSandbox } from "./start";

/** Small, so that the faults which wait do not make people wait; the product's own are five to ten times as long. */
const limits: Partial<EgressLimits> = { headersMs: 900, totalMs: 1_200, bodyBytes: 512 * 1024 };
/** One request that runs into its limit, with a good deal of room for a busy machine. */
const LONGEST_MS = 4_000;
/** A directory that takes seven seconds, which the sign-in may. */
const LONGEST_SIGN_IN_MS = 14_000;

const { jane, tam } = sandboxAccounts;
const withKey = ({ value }: ApiKey): SignIn => ({ scheme: "bearer", apiKey: value, expectedAccount: null });
const withPassword = ({ name }: Account, password: string): SignIn => ({
  scheme: "basic",
  username: name,
  password,
});
const janesKey = withKey(sandboxKeys.janeWrite);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

function check(baseUrl: string, signIn: SignIn = janesKey, trusting = true): Promise<CheckOutcome> {
  const policy: EgressPolicy = {
    mode: "open",
    allow: [],
    loopback: true,
    caCertificates: trusting ? [sandbox.caCertificate] : [],
  };
  const target: CheckTarget = { baseUrl, signIn };
  return checkCredential({ policy, limits }, target);
}

type Failure = readonly [rung: RungName, reason: FailureReason, certificateReason?: CertificateReason];
type Finding = Failure | readonly ["verified", ...WarningCode[]];

function findingOf(outcome: CheckOutcome): Finding {
  if (outcome.kind === "verified") {
    return ["verified", ...outcome.warnings.filter((warning) => warning !== "PLAIN_HTTP")];
  }
  const { rung, reason, certificateReason } = outcome;
  return certificateReason === undefined ? [rung, reason] : [rung, reason, certificateReason];
}

const verified: Finding = ["verified"];
const redirected: Finding = ["bitbucket", "REDIRECTED"];
const unreadable: Finding = ["bitbucket", "ANSWER_UNREADABLE"];
const notBitbucket: Finding = ["bitbucket", "NOT_BITBUCKET"];
const otherProduct: Finding = ["bitbucket", "OTHER_ATLASSIAN_PRODUCT"];
const timedOut: Finding = ["bitbucket", "TIMED_OUT"];
const unreachable: Finding = ["bitbucket", "UNREACHABLE"];
const refusedFor = (reason: CertificateReason): Finding => ["certificate", "CERTIFICATE_REFUSED", reason];

/** What the check has to find at each server of the sandbox, for a good API key. */
const expected: Readonly<Record<string, Finding>> = {
  "/": verified,
  "/bitbucket": verified,
  "/stash": verified,
  "/ten": verified,
  "/public": verified,
  "/ignores": ["signedIn", "CREDENTIAL_IGNORED"],
  "/slow": timedOut,
  "/slow-directory": ["verified", "ACCESS_NOT_COUNTED"],
  "/starting": ["bitbucket", "STARTING"],
  "/maintenance": ["bitbucket", "MAINTENANCE"],
  "/busy": ["bitbucket", "RATE_LIMITED"],
  "/broken": ["bitbucket", "SERVER_ERROR"],
  "/sso": redirected,
  "/redirect-301": redirected,
  "/redirect-302": redirected,
  "/redirect-303": redirected,
  "/redirect-307": redirected,
  "/redirect-308": redirected,
  "/redirect-signed-in": redirected,
  "/to-https": ["bitbucket", "REDIRECTED_TO_HTTPS"],
  "/loop": redirected,
  "/meta-refresh": notBitbucket,
  "/caught": verified,
  "/hang": timedOut,
  "/silent-status": verified,
  "/broken-status": verified,
  "/drip": timedOut,
  "/drip-headers": timedOut,
  "/half-closed": unreachable,
  "/reset": unreachable,
  "/cut": unreadable,
  "/short": unreadable,
  "/long": unreadable,
  "/header-flood": unreadable,
  "/endless": unreadable,
  "/bomb": unreadable,
  "/html": notBitbucket,
  "/sso-page": notBitbucket,
  "/sso-later": ["verified", "ACCESS_NOT_COUNTED"],
  "/latin1": unreadable,
  "/empty": unreadable,
  "/odd": notBitbucket,
  "/odd-lists": ["verified", "ACCESS_NOT_COUNTED"],
  "/echo": ["verified", "ACCOUNT_UNNAMED"],
  "/deep": unreadable,
  "/jira": otherProduct,
  "/jira-locked": otherProduct,
  "/confluence": otherProduct,
  "/cloud": ["bitbucket", "BITBUCKET_CLOUD"],
  "/website": notBitbucket,
  "/not-allowed": ["allowed", "NOT_PERMITTED"],
  "/hostile-names": verified,
  "tls:good": verified,
  "tls:expired": refusedFor("expired"),
  "tls:not-yet-valid": refusedFor("not-yet-valid"),
  "tls:wrong-host": refusedFor("wrong-host"),
  "tls:self-signed": refusedFor("self-signed"),
  "tls:incomplete-chain": refusedFor("incomplete-chain"),
  "tls:ends-soon": ["verified", "CERTIFICATE_ENDS_SOON"],
  "tls:old": refusedFor("old-tls"),
};

test("every server of the sandbox has its place in the table", () => {
  const names = [
    ...instanceDescriptions.map(({ path }) => path),
    ...certificateServers.map(({ name }) => name),
  ];
  expect(Object.keys(expected).toSorted()).toEqual(names.toSorted());
});

describe("a check with a good key", () => {
  test.each(Object.entries(expected))(
    "27 a check at %s finds %j, in time, and goes nowhere else",
    async (name, finding) => {
      const began = performance.now();
      const outcome = await check(sandbox.url(name));
      expect(findingOf(outcome)).toEqual(finding);
      const longest = name === "/slow-directory" ? LONGEST_SIGN_IN_MS : LONGEST_MS;
      expect(performance.now() - began).toBeLessThan(longest);
      // No redirect, page or link led the check, and with it the credential, to another server.
      expect(sandbox.journal().filter((entry) => entry.instance !== name)).toEqual([]);
      expect(JSON.stringify(outcome)).not.toContain(sandboxKeys.janeWrite.value);
      const failedAt = outcome.rungs.findIndex((rung) => rung.state === "failed");
      if (failedAt >= 0) expect(outcome.rungs[failedAt]?.name).toBe(finding[0]);
      expect(
        outcome.rungs.slice(failedAt + 1).every((rung) => failedAt < 0 || rung.state === "skipped"),
      ).toBe(true);
    },
  );
});

describe("an address that is nearly right", () => {
  const swapped = (name: string, scheme: string) => sandbox.url(name).replace(/^https?:/, `${scheme}:`);

  test("https on the port for http, and http on the port for https, are told apart", async () => {
    expect(findingOf(await check(swapped("/", "https")))).toEqual(["certificate", "HTTP_ONLY_SERVER"]);
    expect(findingOf(await check(swapped("tls:good", "http")))).toEqual(["bitbucket", "HTTPS_EXPECTED"]);
  });

  test("the port of SSH speaks neither", async () => {
    const at = (scheme: string) => check(`${scheme}://localhost:${sandbox.sshPort}`);
    expect(findingOf(await at("https"))).toEqual(["certificate", "HTTP_ONLY_SERVER"]);
    expect(findingOf(await at("http"))).toEqual(unreadable);
  });

  test("a private authority that the portal was not told of is not trusted", async () => {
    const outcome = await check(sandbox.url("tls:good"), janesKey, false);
    expect(findingOf(outcome)).toEqual(refusedFor("untrusted-issuer"));
    expect(sandbox.journal()).toEqual([]);
  });

  test("a context path that the server does not have leads to its sign-in page, not to a signed-in check", async () => {
    expect(findingOf(await check(`${sandbox.origin}/code`))).toEqual(redirected);
  });
});

describe("a credential that is not right", () => {
  const states: readonly (readonly [string, string, Partial<InstanceSettings>, SignIn, Finding])[] = [
    ["a wrong password", "/", {}, withPassword(jane, "wrong"), ["signedIn", "SECRET_REJECTED"]],
    ["an expired key", "/", {}, withKey(sandboxKeys.janeExpired), ["signedIn", "SECRET_REJECTED"]],
    ["a revoked key", "/", {}, withKey(sandboxKeys.janeRevoked), ["signedIn", "SECRET_REJECTED"]],
    [
      "a key of somebody who left",
      "/",
      {},
      withKey(sandboxKeys.remiInactive),
      ["signedIn", "SECRET_REJECTED"],
    ],
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
    "a locked account is known by its CAPTCHA, asked for with %i",
    async (status) => {
      sandbox.set("/", { captchaStatus: status });
      for (let turn = 0; turn < 5; turn += 1) await check(sandbox.origin, withPassword(jane, "wrong"));
      expect(findingOf(await check(sandbox.origin, withPassword(jane, jane.password)))).toEqual([
        "signedIn",
        "ACCOUNT_LOCKED",
      ]);
    },
  );

  test("a key that may do nothing still says whose it is", async () => {
    expect(await check(sandbox.url("/not-allowed"))).toMatchObject({ accountName: jane.name });
  });
});

test("hostile names come back short, on one line and without anything invisible", async () => {
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
