import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { baseUrlAt } from "@/lib/testing/base-url";
import { answer, error, json } from "@/lib/testing/server-answer";
import { readProperties, readRefusal } from "./answer";
import { cleanText } from "./clean-text";
import { parseJson } from "./safe-json";
import { accountNameOf, errorsOf, type ServerAnswer } from "./server-answer";
import { readState } from "./server-state";

const properties = {
  version: "8.19.4",
  buildNumber: "8019004",
  buildDate: "1700000000000",
  displayName: "Our Bitbucket",
};
const server = {
  product: "Bitbucket",
  version: "8.19.4",
  buildNumber: "8019004",
  displayName: "Our Bitbucket",
};

const sent = {
  baseUrl: baseUrlAt("https://bitbucket.example.com/stash"),
  scheme: "basic",
  now: Date.UTC(2030, 0, 1),
} as const;
const read = (one: ServerAnswer, baseUrl = sent.baseUrl) => readProperties(one, { ...sent, baseUrl });

describe("signed in, or not", () => {
  test.each([
    ["a name", { "X-AUSERNAME": "jane" }, "jane"],
    ["a name in the case of a Go proxy", { "X-Ausername": "jane" }, "jane"],
    ["a name in the case of HTTP/2", { "x-ausername": "jane" }, "jane"],
    ["an encoded e-mail", { "X-AUSERNAME": "jane%40corp.example" }, "jane@corp.example"],
    ["an encoded space and umlaut", { "X-AUSERNAME": "j%C3%BCrgen+k" }, "jürgen k"],
    ["a broken encoding", { "X-AUSERNAME": "50%" }, "50%"],
    ["the same name twice, as some proxies write it", { "X-AUSERNAME": "jane, jane" }, "jane"],
    ["markup and controls, which are data", { "X-AUSERNAME": "%3Cb%3E%0Aj%E2%80%AE" }, "<b> j"],
  ])("%s means signed in", (_what, headers, accountName) => {
    expect(read(answer(200, properties, headers))).toEqual({ kind: "signed-in", accountName, server });
  });

  test.each([
    ["no header", {}],
    ["an empty name", { "X-AUSERNAME": "" }],
    ["two names", { "X-AUSERNAME": "svc-proxy, jane" }],
    ["anonymous, as Jira says it", { "X-AUSERNAME": "Anonymous" }],
  ])("%s means nobody", (_what, headers) => {
    expect(read(answer(200, properties, headers))).toEqual({ kind: "nobody", server });
  });

  test("a server without a name of its own is read all the same, extra keys do no harm", () => {
    const found = read(
      answer(200, { ...properties, displayName: 7, more: { deep: [] } }, { "X-AUSERNAME": "jane" }),
    );
    expect(found).toMatchObject({ kind: "signed-in", server: { displayName: null, version: "8.19.4" } });
  });
});

describe("a good answer that a proxy has changed", () => {
  const named = { "X-AUSERNAME": "jane" };
  test.each([
    ["a number for the build", { ...properties, buildNumber: 8019004 }, {}],
    ["a type of plain text", properties, { "content-type": "text/plain;charset=UTF-8" }],
    ["no type", properties, { "content-type": "" }],
  ])("with %s is read all the same", (_what, body, headers) => {
    expect(read(answer(200, body, { ...named, ...headers }))).toEqual({
      kind: "signed-in",
      accountName: "jane",
      server,
    });
  });
});

describe("answers that are no proof", () => {
  const rows: readonly (readonly [string, ServerAnswer, string, Record<string, unknown>?])[] = [
    ["200 with a page", answer(200, "<html>Sign in</html>"), "NOT_BITBUCKET"],
    ["200 with a page and a name", answer(200, "<html>", { "X-AUSERNAME": "jane" }), "NOT_BITBUCKET"],
    ["200 with other JSON", answer(200, { status: "ok" }), "NOT_BITBUCKET"],
    ["200 with a version but no build", answer(200, { version: "1.2.3" }), "NOT_BITBUCKET"],
    ["200 with the keys, but not as JSON", { ...answer(200, JSON.stringify(properties)) }, "NOT_BITBUCKET"],
    ["200 that says JSON and is not", answer(200, "{oops", json), "ANSWER_UNREADABLE"],
    [
      "200 with JSON far too deep",
      answer(200, `${"[".repeat(5000)}${"]".repeat(5000)}`, json),
      "ANSWER_UNREADABLE",
    ],
    ["204 without a body", answer(204), "NOT_BITBUCKET"],
    ["302 to a login page", answer(302, "", { location: "/login?next=x" }), "REDIRECTED"],
    ["302 to another host", answer(302, "", { location: "https://sso.example.com/" }), "REDIRECTED"],
    ["301 without a location", answer(301), "REDIRECTED"],
    ["307 to nonsense", answer(307, "", { location: "http://[" }), "REDIRECTED"],
    ["404 by Artifactory", answer(404, { errors: [{ status: 404, message: "x" }] }), "NOT_BITBUCKET"],
    [
      "404 of a route that this version lacks",
      answer(404, { message: "HTTP 404 Not Found", "status-code": 404, "sub-code": -1 }),
      "API_NOT_FOUND",
    ],
    [
      "the same in XML",
      answer(404, "<?xml version='1.0'?><status><status-code>404</status-code></status>"),
      "API_NOT_FOUND",
    ],
    [
      "404 in XML of a storage service",
      answer(404, "<?xml?><Error><Code>NoSuchKey</Code></Error>"),
      "NOT_BITBUCKET",
    ],
    ["404 by Jira", answer(404, "<html>", { "X-Seraph-LoginReason": "OK" }), "OTHER_ATLASSIAN_PRODUCT"],
    ["407 of a proxy", answer(407, "<html>"), "FRONT_REFUSES"],
    ["511 of a guest network", answer(511, "<html>"), "SIGN_IN_PAGE"],
    ["503 of a challenge", answer(503, "<html>", { "cf-mitigated": "challenge" }), "FRONT_REFUSES"],
    ["200 with a sign-in page", answer(200, "<html><title>Log in</title>"), "SIGN_IN_PAGE"],
    ["200 with a firewall's page", answer(200, "<html>Request Rejected"), "FRONT_REFUSES"],
    ["404 in Bitbucket's words", answer(404, error(null)), "API_NOT_FOUND"],
    ["404 of a proxy", answer(404, "<html>"), "NOT_BITBUCKET"],
    ["404 with other JSON", answer(404, { message: "no such route" }), "NOT_BITBUCKET"],
    ["429 with seconds", answer(429, "", { "Retry-After": "17" }), "RATE_LIMITED", { retryAfterSeconds: 17 }],
    ["429 without", answer(429, ""), "RATE_LIMITED", { retryAfterSeconds: 5 }],
    [
      "429 with a date",
      answer(429, "", { "retry-after": "Tue, 01 Jan 2030 00:01:00 GMT" }),
      "RATE_LIMITED",
      { retryAfterSeconds: 60 },
    ],
    [
      "429 with a date long past",
      answer(429, "", { "retry-after": "Tue, 01 Jan 2019 00:01:00 GMT" }),
      "RATE_LIMITED",
      { retryAfterSeconds: 1 },
    ],
    [
      "429 with an age",
      answer(429, "", { "retry-after": "999999999" }),
      "RATE_LIMITED",
      { retryAfterSeconds: 86_400 },
    ],
    [
      "429 with nonsense",
      answer(429, "", { "retry-after": "soon" }),
      "RATE_LIMITED",
      { retryAfterSeconds: 5 },
    ],
    ["503", answer(503, "<html>"), "STARTING"],
    ["503 with a wait", answer(503, "", { "retry-after": "30" }), "STARTING", { retryAfterSeconds: 30 }],
    ["500", answer(500, error(null)), "SERVER_ERROR"],
    ["502 of a gateway", answer(502, "<html>"), "SERVER_ERROR"],
    [
      "400 of a TLS port",
      answer(400, "<center>The plain HTTP request was sent to HTTPS port</center>"),
      "HTTPS_EXPECTED",
    ],
    ["400 otherwise", answer(400, error(null)), "ANSWER_UNREADABLE"],
    ["418", answer(418), "ANSWER_UNREADABLE"],
  ];
  const named = rows.map(([what, one, reason, more = {}]) => ({ what, one, reason, more }));
  test.each(named)("$what reads as $reason", ({ one, reason, more }) => {
    expect(read(one)).toEqual({ kind: "refused", reason, ...more });
  });

  test("only http to https on the same host is an invitation to use https", () => {
    const to = (location: string) => answer(302, "", { location });
    const base = baseUrlAt("http://bitbucket.example.com:7990");
    expect(read(to("https://bitbucket.example.com/rest"), base)).toMatchObject({
      reason: "REDIRECTED_TO_HTTPS",
    });
    expect(read(to("https://elsewhere.example.com/rest"), base)).toMatchObject({ reason: "REDIRECTED" });
    expect(read(to("http://bitbucket.example.com:7990/login"), base)).toMatchObject({ reason: "REDIRECTED" });
    expect(read(to("https://bitbucket.example.com/login"))).toMatchObject({ reason: "REDIRECTED" });
  });

  test("any answer at all is read without an exception and repeats nothing but an account name", () => {
    const anyAnswer = fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      headers: fc
        .dictionary(
          fc.constantFrom("location", "retry-after", "server", "www-authenticate", "content-type"),
          fc.string(),
        )
        .map((all) => new Map(Object.entries(all))),
      body: fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => Buffer.from(text)),
      ),
    });
    fc.assert(
      fc.property(anyAnswer, (one) => {
        expect(["refused", "nobody", "signed-in"]).toContain(readProperties(one, sent).kind);
        if (one.status >= 300) expect(Object.keys(readRefusal(one, sent)).length).toBeLessThanOrEqual(4);
      }),
    );
  });
});

describe("pieces", () => {
  test("the status page is judged by its JSON, not by its code", () => {
    expect(readState(answer(200, { state: "RUNNING" }))).toEqual({ isAtlassian: true, notReady: null });
    expect(readState(answer(503, { state: "STARTING" })).notReady).toBe("STARTING");
    expect(readState(answer(200, { state: "MAINTENANCE" })).notReady).toBe("MAINTENANCE");
    expect(readState(answer(200, { state: "FIRST_RUN" })).notReady).toBe("SETUP_UNFINISHED");
    expect(readState(answer(200, { state: "ERROR" })).notReady).toBe("SERVER_ERROR");
    expect(readState(answer(200, { state: "constructor" })).notReady).toBeNull();
    expect(readState(answer(200, "<html>"))).toEqual({ isAtlassian: false, notReady: null });
  });

  test("errors are read in every shape, and never more than twenty", () => {
    expect(
      errorsOf(
        answer(400, { errors: [{ message: "a", exceptionName: null }, { exceptionName: "b" }, 7, null, {}] }),
      ),
    ).toEqual([
      { message: "a", exceptionName: "" },
      { message: "", exceptionName: "b" },
    ]);
    expect(errorsOf(answer(401, { message: "bare" }))).toEqual([{ message: "bare", exceptionName: "" }]);
    for (const nothing of ["", "<html>", "null", "[]", "7", '{"errors":7}'])
      expect(errorsOf(answer(500, nothing))).toEqual([]);
    expect(errorsOf(answer(400, { errors: Array(500).fill({ message: "x" }) }))).toHaveLength(20);
  });

  test("invalid UTF-8, deep nesting and invalid JSON are refused; brackets in strings do not count", () => {
    expect(parseJson(Buffer.from([0x22, 0xff, 0x22]))).toBeUndefined();
    expect(parseJson(Buffer.from("[".repeat(500_000)))).toBeUndefined();
    expect(parseJson(Buffer.from("{,}"))).toBeUndefined();
    expect(parseJson(Buffer.from(JSON.stringify(`${"[".repeat(99)}\\"`)))).toBe(`${"[".repeat(99)}\\"`);
    expect(parseJson(Buffer.from('{"__proto__":{"x":1}}'))).not.toHaveProperty("x");
  });

  test("text from outside loses what cannot be seen, and its length has a bound", () => {
    expect(cleanText("\u001b[31mJane\u202e\u0000 \n Citizen\u200b", 50)).toBe("[31mJane Citizen");
    expect(cleanText("x".repeat(1_000_000), 10)).toBe("xxxxxxxxxx");
    expect(cleanText("👩".repeat(20), 3)).toBe("👩👩👩");
    expect(cleanText("\u200b\n", 3)).toBeNull();
    expect(accountNameOf(answer(200, "", { "x-ausername": "a".repeat(5000) }))).toHaveLength(255);
  });
});
