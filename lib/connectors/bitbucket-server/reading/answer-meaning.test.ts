import { expect, test } from "vitest";
import type { ServerAnswer } from "@/lib/connectors/bitbucket-server/server-answer";
import { baseUrlAt } from "@/lib/testing/base-url";
import { answer, error, json } from "@/lib/testing/server-answer";
import { meaningOf } from "./answer-meaning";

const sent = { baseUrl: baseUrlAt("https://git.example.com/bitbucket"), scheme: "bearer", now: 0 } as const;
const named = { "x-ausername": "jane", "x-arequestid": "1" };
const own = { "x-arequestid": "1" };
const right = "com.atlassian.bitbucket.AuthorisationException";
const inRepository = "com.atlassian.bitbucket.repository.NoSuchRepositoryException";
const page = { values: [], isLastPage: true };
const html = (title: string) => `<!doctype html><html><title>${title}</title></html>`;

const noRight = { kind: "skip", reason: "no-right" };
const gone = { kind: "skip", reason: "gone" };
const nothing = { kind: "nothing" };
const cases: readonly (readonly [string, ServerAnswer, object])[] = [
  ["a page", answer(200, page, named), { kind: "body", body: page }],
  [
    "a page for nobody knows whom",
    answer(200, page, own),
    { kind: "unclear", ifSignedIn: { kind: "body", body: page } },
  ],
  ["204", answer(204, "", named), nothing],
  [
    "broken JSON",
    { ...answer(200, page, named), body: Buffer.from('{"values":[') },
    { kind: "retry", reason: "ANSWER_UNREADABLE" },
  ],
  ["a sign-in page", answer(200, html("Log in")), { kind: "failed", reason: "SIGN_IN_PAGE" }],
  ["another page", answer(200, html("Welcome")), { kind: "failed", reason: "NOT_BITBUCKET" }],
  ["a missing right, with the account", answer(401, error(right), named), noRight],
  [
    "a missing right without an exception's name",
    answer(401, error(null, "You are not permitted to access this resource"), named),
    noRight,
  ],
  [
    "a missing right that names nobody",
    answer(401, error(right), own),
    { kind: "unclear", ifSignedIn: noRight },
  ],
  [
    "nobody signed in",
    answer(
      401,
      error("com.atlassian.plugins.rest.api.security.exception.AuthenticationRequiredException"),
      own,
    ),
    { kind: "refused", reason: "CREDENTIAL_IGNORED" },
  ],
  [
    "a refused secret",
    answer(401, error("com.atlassian.bitbucket.auth.IncorrectPasswordAuthenticationException"), own),
    { kind: "refused", reason: "SECRET_REJECTED" },
  ],
  [
    "any other 401 of Bitbucket",
    answer(401, error("com.atlassian.Other"), own),
    { kind: "refused", reason: "SECRET_REJECTED" },
  ],
  [
    "a locked account, as a 403",
    answer(403, error("com.atlassian.bitbucket.auth.CaptchaRequiredAuthenticationException"), own),
    { kind: "refused", reason: "ACCOUNT_LOCKED" },
  ],
  [
    "Basic switched off",
    answer(403, { message: "Basic Authentication has been disabled on this instance." }, own),
    { kind: "refused", reason: "BASIC_SWITCHED_OFF" },
  ],
  [
    "a policy that needs a user",
    answer(403, error("com.atlassian.bitbucket.ForbiddenException"), named),
    noRight,
  ],
  [
    "a directory that is down",
    answer(401, error("com.atlassian.bitbucket.auth.AuthenticationSystemException"), own),
    { kind: "retry", reason: "DIRECTORY_UNREACHABLE" },
  ],
  ["a deleted repository", answer(404, error(inRepository), named), gone],
  [
    "a deleted pull request",
    answer(404, error("com.atlassian.bitbucket.pull.NoSuchPullRequestException"), named),
    gone,
  ],
  [
    "an empty repository",
    answer(
      404,
      error("com.atlassian.bitbucket.NoDefaultBranchException", "No default branch is defined"),
      named,
    ),
    nothing,
  ],
  [
    "a branch that is not there",
    answer(404, error("com.atlassian.bitbucket.commit.NoSuchCommitException"), named),
    nothing,
  ],
  [
    "a commit that is not there, as a 400",
    answer(400, error("com.atlassian.bitbucket.commit.NoSuchCommitException"), named),
    nothing,
  ],
  [
    "a missing route of 10.4.2",
    answer(404, { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 }, named),
    { kind: "not-available" },
  ],
  [
    "a missing route of 10.2.1",
    answer(404, '<?xml version="1.0"?><status><status-code>404</status-code></status>', {
      ...named,
      "content-type": "application/xml",
    }),
    { kind: "not-available" },
  ],
  ["a page of a proxy", answer(404, html("Not found")), { kind: "failed", reason: "NOT_BITBUCKET" }],
  [
    "a limit with a page as body",
    answer(429, html("Slow down"), { "retry-after": "7" }),
    { kind: "wait", seconds: 7, why: "rate-limit" },
  ],
  ["a limit without a time", answer(429), { kind: "wait", seconds: 5, why: "rate-limit" }],
  [
    "starting, with a time",
    answer(503, html("Starting"), { "retry-after": "30" }),
    { kind: "wait", seconds: 30, why: "starting" },
  ],
  ["starting", answer(503, html("Starting")), { kind: "retry", reason: "STARTING" }],
  ["a gateway's error", answer(502, html("Bad gateway")), { kind: "retry", reason: "SERVER_ERROR" }],
  [
    "a redirect to a sign-in",
    answer(302, "", { location: "https://sso.example.com/login" }),
    { kind: "failed", reason: "REDIRECTED" },
  ],
  [
    "a redirect to a moved repository",
    answer(301, "", { location: "/bitbucket/rest/api/1.0/projects/NEW/repos/r/branches" }),
    gone,
  ],
  [
    "a bad request, with the server's words",
    answer(400, { errors: [{ context: "state", message: "The state is unknown." }] }, named),
    { kind: "failed", reason: "ANSWER_UNREADABLE", words: "The state is unknown." },
  ],
];

test.each(cases)("%s", (_name, given, expected) => {
  expect(meaningOf(given, sent)).toEqual(expected);
});

test("whole numbers beyond 2^53 stay what they are, in texts too", () => {
  const body =
    '{"id": 9007199254740993, "small": 12, "text": "a \\" 9007199254740993,", "part": 0.1234567890123456}';
  const given = { ...answer(200, "", { ...named, ...json }), body: Buffer.from(body) };
  expect(meaningOf(given, sent)).toEqual({
    kind: "body",
    body: { id: "9007199254740993", small: 12, text: 'a " 9007199254740993,', part: 0.1234567890123456 },
  });
});

test("the server's words are left out if they repeat the secret", () => {
  const given = answer(400, error(null, "No such key abcd-secret"), named);
  expect(meaningOf(given, sent, (text) => text.includes("abcd-secret"))).toEqual({
    kind: "failed",
    reason: "ANSWER_UNREADABLE",
  });
});
