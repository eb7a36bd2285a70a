import { describe, expect, test } from "vitest";
import { baseUrlAt } from "@/lib/testing/base-url";
import { answer, error } from "@/lib/testing/server-answer";
import { readProperties } from "./answer";
import type { ServerAnswer } from "./server-answer";

const sent = { baseUrl: baseUrlAt("https://bitbucket.example.com/stash"), scheme: "basic" } as const;
const captcha = "com.atlassian.bitbucket.auth.CaptchaRequiredAuthenticationException";
const wrong = "com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException";
const right = "com.atlassian.bitbucket.AuthorisationException";

describe("a refusal", () => {
  const rows: readonly (readonly [string, ServerAnswer, string, Record<string, unknown>?])[] = [
    ["401 for a locked account", answer(401, error(captcha, "CAPTCHA required.")), "ACCOUNT_LOCKED"],
    [
      "403 for a locked account",
      answer(403, { errors: [{ message: "XSRF check failed" }, { message: "", exceptionName: captcha }] }),
      "ACCOUNT_LOCKED",
    ],
    [
      "a locked account with a name",
      answer(401, error(captcha), { "X-AUSERNAME": "jane" }),
      "ACCOUNT_LOCKED",
    ],
    [
      "403 with Basic switched off",
      answer(403, { message: "Basic Authentication has been disabled on this instance." }),
      "BASIC_SWITCHED_OFF",
    ],
    [
      "403 with Basic switched off, as text/html",
      {
        ...answer(
          403,
          JSON.stringify({ message: "Basic Authentication has been disabled on this instance." }),
        ),
      },
      "BASIC_SWITCHED_OFF",
    ],
    ["403 for XSRF", answer(403, error(null, "XSRF check failed")), "XSRF_REFUSED"],
    [
      "403 by Jira for a CAPTCHA",
      answer(403, "", { "X-Authentication-Denied-Reason": "CAPTCHA_CHALLENGE; login-url=x" }),
      "OTHER_ATLASSIAN_PRODUCT",
    ],
    [
      "401 by Jira",
      answer(401, { errorMessages: ["x"] }, { "X-Seraph-LoginReason": "AUTHENTICATED_FAILED" }),
      "OTHER_ATLASSIAN_PRODUCT",
    ],
    [
      "401 by Cloud's realm",
      answer(401, "", { "WWW-Authenticate": 'Basic realm="Bitbucket.org HTTP"' }),
      "BITBUCKET_CLOUD",
    ],
    ["401 of any company's Envoy", answer(401, "Login failed", { server: "envoy" }), "SECRET_REJECTED"],
    ["401 about a JSON Web Token", answer(401, "Jwt is missing", { server: "envoy" }), "FRONT_REFUSES"],
    [
      "401 with a list of errors without an exception's name, behind Envoy",
      answer(401, error(null, "Authentication failed."), { server: "envoy" }),
      "SECRET_REJECTED",
    ],
    [
      "401 with another realm",
      answer(401, "<html>", { "www-authenticate": 'Basic realm="Restricted"' }),
      "FRONT_REFUSES",
    ],
    [
      "401 with a proxy's realm around Bitbucket's words",
      answer(401, error(wrong), { "www-authenticate": 'Basic realm="Restricted"' }),
      "SECRET_REJECTED",
    ],
    ["401 that asks for Kerberos", answer(401, "", { "www-authenticate": "Negotiate" }), "FRONT_REFUSES"],
    [
      "401 by the directory",
      answer(401, error("com.atlassian.bitbucket.auth.AuthenticationSystemException")),
      "DIRECTORY_UNREACHABLE",
    ],
    [
      "401 for an expired password",
      answer(401, error("com.atlassian.stash.exception.ExpiredPasswordAuthenticationException")),
      "PASSWORD_EXPIRED",
    ],
    [
      "401 for a deactivated account",
      answer(401, error("com.atlassian.bitbucket.auth.InactiveUserAuthenticationException")),
      "ACCOUNT_DEACTIVATED",
    ],
    [
      "401 as 10.4.2 says it to nobody",
      answer(
        401,
        error(
          "com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException",
          "You are not permitted to access this resource",
        ),
      ),
      "CREDENTIAL_IGNORED",
    ],
    [
      "403 that wants a key",
      answer(403, { message: "REST API access requires an API token" }),
      "BASIC_SWITCHED_OFF",
    ],
    [
      "403 with Basic switched off, in a page",
      answer(403, "<h1>Basic authentication <b>has been disabled</b></h1>"),
      "BASIC_SWITCHED_OFF",
    ],
    ["403 by a rule of an address", answer(403, error(null, "IP not allowed")), "RULE_REFUSES"],
    ["403 by a gateway", answer(403, { message: "Forbidden" }), "FRONT_REFUSES"],
    ["403 by Jenkins", answer(403, "<html>", { "X-Jenkins": "2.4" }), "NOT_BITBUCKET"],
    [
      "401 by Artifactory, whose errors are a list too",
      answer(
        401,
        { errors: [{ status: 401, message: "x" }] },
        { "www-authenticate": 'Basic realm="Artifactory"' },
      ),
      "NOT_BITBUCKET",
    ],
    [
      "401 by a Bitbucket behind a company's Envoy",
      answer(401, error(wrong), { server: "envoy" }),
      "SECRET_REJECTED",
    ],
    [
      "401 with Bitbucket's realm behind Envoy",
      answer(401, "", { server: "envoy", "www-authenticate": 'Basic realm="Atlassian Bitbucket"' }),
      "SECRET_REJECTED",
    ],
    ["401 for a right, to nobody", answer(401, error(right)), "CREDENTIAL_IGNORED"],
    [
      "401 for a right, by name",
      answer(401, error(null), { "X-AUSERNAME": "jane" }),
      "NOT_PERMITTED",
      { accountName: "jane" },
    ],
    [
      "401 for a right, to nobody, on Stash",
      answer(401, error("com.atlassian.stash.exception.AuthorisationException")),
      "CREDENTIAL_IGNORED",
    ],
    [
      "403 by a policy of Bitbucket, of no account",
      answer(403, error("com.atlassian.bitbucket.LicenseLimitException")),
      "RULE_REFUSES",
    ],
    ["403 by a proxy", answer(403, "<html>Forbidden"), "FRONT_REFUSES"],
    [
      "401 of the REST module to nobody",
      answer(401, { message: "Client must be authenticated to access this resource.", "status-code": 401 }),
      "CREDENTIAL_IGNORED",
    ],
    ["403 for XSRF, as text", answer(403, "XSRF check failed"), "XSRF_REFUSED"],
    [
      "a locked account, as text",
      answer(401, "CAPTCHA required. Your Bitbucket account has been locked."),
      "ACCOUNT_LOCKED",
    ],
    ["401 for a wrong password", answer(401, error(wrong)), "SECRET_REJECTED"],
    ["401 without a word", answer(401), "SECRET_REJECTED"],
    ["401 as one bare object", answer(401, { message: "Authentication failed." }), "SECRET_REJECTED"],
    ["401 with anonymous", answer(401, error(wrong), { "X-AUSERNAME": "anonymous" }), "SECRET_REJECTED"],
  ];
  const named = rows.map(([what, one, reason, more = {}]) => ({ what, one, reason, more }));
  test.each(named)("$what reads as $reason", ({ one, reason, more }) => {
    expect(readProperties(one, sent)).toEqual({ kind: "refused", reason, ...more });
  });
});

describe("a visitor, on a path that is open to all", () => {
  const asVisitor = (one: ServerAnswer) => readProperties(one, { ...sent, scheme: null });
  test.each([
    ["a 401 without a word", answer(401)],
    ["a refusal of a sign-in that it did not bring", answer(401, error(wrong))],
    ["a 401 of some JSON", answer(401, { fault: { faultstring: "Invalid ApiKey" } })],
    ["a 403 of some JSON", answer(403, { message: "REST API access requires an API token" })],
  ])("hears from something in front when it is %s", (_what, one) => {
    expect(asVisitor(one)).toEqual({ kind: "refused", reason: "FRONT_REFUSES" });
  });

  test.each([
    ["a 401 without a word", answer(401)],
    ["a 403 of some JSON", answer(403, { message: "Forbidden" })],
  ])("who was turned away makes %s the proxy's, with a credential too", (_what, one) => {
    const afterwards = { ...sent, visitorTurnedAway: true, scheme: "bearer" } as const;
    expect(readProperties(one, afterwards)).toEqual({ kind: "refused", reason: "FRONT_REFUSES" });
  });
});
