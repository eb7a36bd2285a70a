import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { checkCredential } from "@/lib/connectors/bitbucket-server/check";
import type { SignIn } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import { baseUrlAt } from "@/lib/testing/base-url";
import { sandboxAccounts, sandboxKeys } from "./accounts";
import { type Sandbox, startSandbox } from "./start";

const { jane } = sandboxAccounts;
const key: SignIn = {
  scheme: "bearer",
  apiKey: Secret.of(sandboxKeys.janeWrite.value),
  expectedAccount: null,
};
const wrong: SignIn = { scheme: "basic", username: jane.name, password: Secret.of("wrong") };
const right: SignIn = { ...wrong, password: Secret.of(jane.password) };

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function check(name: string, signIn: SignIn = key, goesPastProxy = false) {
  const policy = { mode: "open", allow: [], loopback: true } as const;
  const target = { baseUrl: baseUrlAt(sandbox.url(name)), signIn };
  const outcome = await checkCredential({ policy }, target, { goesPastProxy });
  const sent = sandbox.journal().filter(({ scheme }) => scheme !== "none");
  return { outcome, sent };
}

/** Proxies that stop visitors before they reach Bitbucket. */
const proxies = [
  "/front-basic",
  "/front-basic-rest",
  "/front-opens",
  "/front-redirect-opens",
  "/front-kerberos",
  "/front-jwt",
  "/front-gateway",
  "/front-fault",
  "/front-waf",
  "/front-waf-200",
  "/front-proxy",
  "/front-guests",
  "/front-sign-in-403",
  "/front-elsewhere",
  "/front-elsewhere-rest",
  "/front-ip",
  "/sso",
  "/sso-page",
  "/html",
];

describe("where a proxy refuses visitors", () => {
  test.each(proxies)("at %s nothing is sent without an override", async (name) => {
    const { outcome, sent } = await check(name);
    expect(outcome).toMatchObject({ kind: "failed", step: "bitbucket", notSent: true });
    expect(sent).toEqual([]);
  });

  test.each(proxies.filter((name) => !name.endsWith("opens")))(
    "at %s an override sends once, and the proxy's refusal does not count against the credential",
    async (name) => {
      const { outcome, sent } = await check(name, wrong, true);
      expect(outcome).toMatchObject({ kind: "failed" });
      expect(outcome).not.toHaveProperty("notSent");
      expect(outcome.kind === "failed" && outcome.reason).toMatch(
        /^(?:FRONT_REFUSES|SIGN_IN_PAGE|REDIRECTED|RULE_REFUSES)$/,
      );
      expect(sent).toHaveLength(1);
    },
  );

  test.each(["/front-opens", "/front-redirect-opens"])(
    "at %s with an override a good credential is verified, and Bitbucket refuses a wrong one",
    async (name) => {
      const good = await check(name, key, true);
      expect(good.outcome).toMatchObject({
        kind: "verified",
        account: { name: jane.name },
        warnings: ["BEHIND_FRONT", "PLAIN_HTTP"],
      });
      expect((await check(name, wrong, true)).outcome).toMatchObject({
        step: "signedIn",
        reason: "SECRET_REJECTED",
      });
    },
  );
});

test("an override changes nothing where visitors reach Bitbucket", async () => {
  const { outcome } = await check("/", key, true);
  expect(outcome).toMatchObject({ kind: "verified", warnings: ["PLAIN_HTTP"] });
});

describe("the reason why a sign-in failed", () => {
  test.each([
    ["/passwords-off-text", "BASIC_SWITCHED_OFF"],
    ["/passwords-off-page", "BASIC_SWITCHED_OFF"],
    ["/key-wanted", "BASIC_SWITCHED_OFF"],
    ["/directory-down", "DIRECTORY_UNREACHABLE"],
    ["/password-expired", "PASSWORD_EXPIRED"],
    ["/deactivated", "ACCOUNT_DEACTIVATED"],
    ["/front-ip-callers", "RULE_REFUSES"],
    ["/nobody", "CREDENTIAL_IGNORED"],
    ["/signs-in-all", "EVERYBODY_SIGNED_IN"],
    ["/ignores", "CREDENTIAL_IGNORED"],
  ])("a right password at %s gives %s at the step Signed in", async (name, reason) => {
    const { outcome } = await check(name, right);
    expect(outcome).toMatchObject({ kind: "failed", step: "signedIn", reason });
    expect(outcome.steps.find((step) => step.name === "signedIn")?.state).toBe("failed");
  });

  test("a proxy that signs callers in as its own account causes a warning", async () => {
    for (const signIn of [wrong, right]) {
      const { outcome } = await check("/signs-in-callers", signIn);
      if (outcome.kind === "verified") expect(outcome.warnings).toContain("OTHER_ACCOUNT");
      else expect(outcome.reason).toBe("SECRET_REJECTED");
    }
  });
});

test.each([
  ["/users-closed", null],
  ["/users-closed-nameless", null],
  ["/nameless", null],
  ["/", "user"],
])("the kind of a user's key at %s is %s", async (name, keyKind) => {
  expect((await check(name)).outcome).toMatchObject({ kind: "verified", keyKind });
});

test.each(["/moved", "/moved-path"])(
  "at %s the address at which Bitbucket was seen is named",
  async (name) => {
    const { outcome, sent } = await check(name);
    expect(outcome).toMatchObject({ movedTo: sandbox.url("/bitbucket") });
    expect(sent).toEqual([]);
  },
);

test("an https address with another name is named, but not requested", async () => {
  expect((await check("/renamed")).outcome).toMatchObject({ movedTo: "https://git.fernwood.example/code" });
  expect((await check("/to-https")).outcome).toMatchObject({ movedTo: sandbox.url("tls:good") });
});
