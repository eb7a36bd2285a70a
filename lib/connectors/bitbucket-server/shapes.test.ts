import { describe, expect, test } from "vitest";
import { baseUrlAt } from "@/lib/testing/base-url";
import { pageSchema } from "./access";
import { accountOf, userSchema } from "./account";
import { isNamed } from "./account-name";
import { readProperties, readRefusal } from "./answer";
import type { ServerAnswer } from "./server-answer";
import { serverDateSchema } from "./server-date";

// The shapes in which servers of different ages answer, as far as a check reads them.

function answer(status: number, body: unknown, headers: Record<string, string> = {}): ServerAnswer {
  const type = { "content-type": "application/json;charset=UTF-8" };
  return {
    status,
    headers: new Map(Object.entries({ ...type, ...headers })),
    body: Buffer.from(JSON.stringify(body)),
  };
}
const sent = { baseUrl: baseUrlAt("https://bitbucket.example.com"), scheme: "bearer" } as const;
const named = { "X-AUSERNAME": "jane%40corp" };

describe("application-properties", () => {
  test.each([
    ["4.6.0", "4006000"],
    ["5.16.11", "5016011"],
    ["7.6.19", "7006019"],
    ["7.21.18", "7021018"],
    ["8.19.14", "8019014"],
    ["9.4.3", "9004003"],
    ["10.2.1", "10002001"],
  ])("of %s are read alike: every value is text", (version, buildNumber) => {
    const body = { version, buildNumber, buildDate: "1462000000000", displayName: "Bitbucket" };
    expect(readProperties(answer(200, body, named), sent)).toEqual({
      kind: "signed-in",
      accountName: "jane@corp",
      server: { product: "Bitbucket", version, buildNumber, displayName: "Bitbucket" },
    });
  });

  test.each<[string, unknown]>([
    ["/rest/capabilities", { application: "stash", buildDate: "2021-09-30T05:00:00Z", capabilities: {} }],
    ["a list", { values: [], isLastPage: true }],
    ["numbers in place of texts", { version: 9.4, buildNumber: 9004003 }],
  ])("are not seen in %s", (_what, body) => {
    expect(readProperties(answer(200, body, named), sent)).toMatchObject({ reason: "NOT_BITBUCKET" });
  });
});

describe("a user", () => {
  const record = { name: "jane@corp", slug: "jane_corp", displayName: "Jane", active: true, type: "NORMAL" };

  test.each<[string, object, object]>([
    ["whose slug differs from the name", {}, {}],
    ["with more than we read", { emailAddress: "jane@corp.example", id: 1, links: { self: [null] } }, {}],
    [
      "without display name and slug",
      { displayName: null, slug: undefined },
      { displayName: null, slug: null },
    ],
    ["that is a service", { type: "SERVICE" }, { type: "service" }],
    ["that has left", { active: false }, { active: false }],
    ["of an unknown type", { type: "ROBOT" }, { type: "unknown" }],
    ["with odd values", { active: "yes", displayName: 7 }, { active: null, displayName: null }],
  ])("%s is read", (_what, given, expected) => {
    const user = userSchema.parse({ ...record, ...given });
    expect(isNamed(user, "JANE@corp")).toBe(true);
    expect(accountOf("JANE@corp", user)).toEqual({ ...record, type: "user", ...expected });
  });
});

describe("a page", () => {
  const page = { size: 2, limit: 25, start: 0, isLastPage: true, values: [{ key: "A" }, { key: "B" }] };

  test.each<[string, object, number, boolean | null]>([
    ["with all there is", page, 2, true],
    ["that was cut", { ...page, isLastPage: false, nextPageStart: 2 }, 2, false],
    [
      "whose next start jumps over what may not be read",
      { ...page, isLastPage: false, nextPageStart: 9 },
      2,
      false,
    ],
    ["with a null next start", { ...page, nextPageStart: null }, 2, true],
    ["with nothing", { ...page, size: 0, values: [] }, 0, true],
    ["whose size is not the number of its values", { ...page, size: 85 }, 2, true],
    ["of texts", { ...page, values: ["a.ts", "b.ts"] }, 2, true],
    ["that does not say whether it is the last", { values: [null] }, 1, null],
  ])("%s is counted by its values", (_what, body, count, isLastPage) => {
    const read = pageSchema.parse(body);
    expect([read.values.length, read.isLastPage ?? null]).toEqual([count, isLastPage]);
  });

  test.each<[string, unknown]>([
    ["the lines of a file", { lines: [], start: 0, size: 0, isLastPage: true }],
    ["a list under another name", { results: [], isLastPage: true }],
    ["a bare list", []],
  ])("is not seen in %s", (_what, body) => {
    expect(pageSchema.safeParse(body).success).toBe(false);
  });
});

describe("a refusal", () => {
  const notPermitted = "You are not permitted to access this resource";
  const wrongSecret = "Authentication failed. Please check your credentials and try again.";
  const list = (message: string, exceptionName?: string | null) => ({
    errors: [{ context: null, message, ...(exceptionName === undefined ? {} : { exceptionName }) }],
  });
  const bitbucket = "com.atlassian.bitbucket";

  test.each<[string, number, unknown, string]>([
    ["by exception", 401, list("x", `${bitbucket}.AuthorisationException`), "NOT_PERMITTED"],
    [
      "of the Stash of old",
      401,
      list("x", "com.atlassian.stash.exception.AuthorisationException"),
      "NOT_PERMITTED",
    ],
    ["by its message, the exception null", 401, list(notPermitted, null), "NOT_PERMITTED"],
    ["by its message, the exception missing", 401, list(notPermitted), "NOT_PERMITTED"],
    [
      "by its message, in one bare object",
      401,
      { message: notPermitted, exceptionName: null },
      "NOT_PERMITTED",
    ],
    [
      "by exception",
      401,
      list("x", `${bitbucket}.auth.IncorrectPasswordAuthenticationException`),
      "SECRET_REJECTED",
    ],
    ["by its message, the exception null", 401, list(wrongSecret, null), "SECRET_REJECTED"],
    ["of a filter", 401, { message: wrongSecret }, "SECRET_REJECTED"],
    ["without a word", 401, {}, "SECRET_REJECTED"],
    [
      "of a filter",
      403,
      { message: "Basic Authentication has been disabled on this instance." },
      "BASIC_SWITCHED_OFF",
    ],
    [
      "of a missing thing",
      404,
      list("Project X does not exist.", `${bitbucket}.project.NoSuchProjectException`),
      "API_NOT_FOUND",
    ],
  ])("%s, a %i, means what it says", (_what, status, body, reason) => {
    expect(readRefusal(answer(status, body), sent)).toEqual({ kind: "refused", reason });
  });
});

describe("a date", () => {
  const instant = Date.UTC(2018, 6, 5, 19, 21, 30);
  test.each([
    ["milliseconds, up to 10.2", instant],
    ["ISO text, from 10.3 on", "2018-07-05T19:21:30Z"],
    ["with fractions", "2018-07-05T19:21:30.000Z"],
    ["with a zone without a colon", "2018-07-05T19:21:30+0000"],
    ["of another zone", "2018-07-05T21:21:30+0200"],
  ])("in %s is the same instant", (_how, given) => {
    expect(serverDateSchema.parse(given)).toBe(instant);
  });

  test.each([undefined, null, "", "soon", "x".repeat(1000), Number.NaN, 0, -1, 9e15, true, {}])(
    "%j is none",
    (given) => {
      expect(serverDateSchema.parse(given)).toBeUndefined();
    },
  );
});
