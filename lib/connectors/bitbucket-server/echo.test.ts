import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { CheckOutcome, SignIn } from "@/lib/connectors/types";
import { Secret } from "@/lib/secret";
import {
  denied,
  jane,
  page,
  properties,
  serveBitbucket,
  type TestAnswer,
  type TestBitbucket,
} from "@/lib/testing/bitbucket";
import { checkCredential } from "./check";
import { echoInRecords, echoOf } from "./echo";

const egress = {
  policy: { mode: "open", allow: [], loopback: true },
  limits: { connectMs: 1_000, headersMs: 1_000, totalMs: 2_000, bodyBytes: 64 * 1024 },
} as const;
const password = "Canary  p\u00e4ss/+1";
const basic: SignIn = { scheme: "basic", username: "jane", password: Secret.of(password) };
const apiKey = btoa(`123456789012:${"\u0007".repeat(20)}`);
const bearer: SignIn = { scheme: "bearer", apiKey: Secret.of(apiKey), expectedAccount: null };

const servers: TestBitbucket[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Answers = Record<string, TestAnswer>;

/**
 * Checks against a server with these responses to requests with a credential; the longest matching key of `answers`
 * counts.
 */
async function check(answers: Answers, signIn: SignIn = basic) {
  const keys = Object.keys(answers).sort((one, other) => other.length - one.length);
  const server = await serveBitbucket((path, { headers }) => {
    const key = keys.find((part) => path.includes(part));
    const isPublic = key?.startsWith("/users/") && key.endsWith("avatar.png");
    return key !== undefined && (isPublic || headers.authorization) ? answers[key] : undefined;
  });
  servers.push(server);
  const outcome = await checkCredential(egress, { baseUrl: server.baseUrl, signIn });
  return { outcome, requested: server.seen.map(({ path }) => path) };
}

/** The printed outcome, and all bytes of its picture. */
function textOf(outcome: CheckOutcome): string {
  const picture = outcome.kind === "verified" ? (outcome.avatar?.image ?? []) : [];
  return `${JSON.stringify(outcome)} ${Buffer.from(picture).toString()}`;
}

const named = (name: string, body: unknown = properties): TestAnswer => ({
  body,
  headers: { "X-AUSERNAME": name },
});

const utf8 = Buffer.from(password);
const token = Buffer.from(`jane:${password}`).toString("base64");
test("today's key is recognised without its prefix too", () => {
  const tells = echoOf({ scheme: "bearer", apiKey: Secret.of(`BBDC-${apiKey}`), expectedAccount: null });
  expect([`BBDC-${apiKey}`, apiKey, `Dr ${apiKey}`, "jane"].map(tells)).toEqual([true, true, true, false]);
});

const spellings: [string, string][] = [
  ["as it is", password],
  ["within other words", `Welcome, ${password}!`],
  ["with its spaces made one", password.replace(/ +/g, " ")],
  ["in capitals", password.toUpperCase()],
  ["with characters in it that nobody sees", password.split("").join("\u200b")],
  ["composed otherwise", password.normalize("NFD")],
  ["as in an address", encodeURIComponent(password)],
  ["in base64", utf8.toString("base64")],
  ["in url-safe base64", utf8.toString("base64url")],
  ["in hexadecimal", utf8.toString("hex")],
  ["as Basic sent it", `Basic ${token}`],
];

describe("a server that says the secret it was just sent", () => {
  test.each(spellings)("%s is detected in every place that is stored or shown", async (_how, echoed) => {
    const inHeader = encodeURIComponent(echoed);
    const user = { ...jane, displayName: echoed, slug: echoed, avatarUrl: `/users/${inHeader}/avatar.png` };
    const { outcome, requested } = await check({
      "/application-properties": named(inHeader, { ...properties, displayName: echoed }),
      "/users?": { ...named(inHeader), body: page([user]) },
    });
    expect(outcome).toMatchObject({
      kind: "verified",
      account: { name: null, displayName: null },
      server: { version: properties.version, displayName: null },
      avatar: null,
    });
    for (const text of [textOf(outcome), ...requested]) {
      expect(echoOf(basic)(text), text).toBe(false);
      expect(text).not.toContain(echoed);
    }
  });

  test("as the account that it does not permit anything is found out too", async () => {
    const { outcome } = await check({
      "/application-properties": {
        ...denied("AuthorisationException", 403),
        headers: { "X-AUSERNAME": encodeURIComponent(password) },
      },
    });
    expect(outcome).toMatchObject({ kind: "failed", reason: "CREDENTIAL_IGNORED" });
    expect(outcome).not.toHaveProperty("accountName");
  });

  test("as the place where a redirect leads has it left out", async () => {
    const { outcome } = await check({
      "/application-properties": {
        status: 307,
        headers: { Location: `/${encodeURIComponent(password)}/rest/api/1.0/application-properties` },
      },
    });
    expect(outcome).toMatchObject({ kind: "failed", reason: "REDIRECTED" });
    expect(outcome).not.toHaveProperty("movedTo");
  });

  test("as its version is taken for no Bitbucket", async () => {
    const { outcome } = await check({
      "/application-properties": named("jane", { ...properties, version: `9.4 ${password}` }),
    });
    expect(outcome).toMatchObject({ kind: "failed", reason: "NOT_BITBUCKET" });
  });

  test("where it would be cut off within is found out before it is cut", async () => {
    const displayName = `${"x".repeat(250)}${apiKey}`;
    const { outcome } = await check(
      { "/users?": { ...named("jane"), body: page([{ ...jane, displayName }]) } },
      bearer,
    );
    expect(outcome).toMatchObject({ kind: "verified", account: { name: "jane", displayName: null } });
  });

  test("within a picture has it left out", async () => {
    const png = Buffer.from("\u0089PNG\r\n\u001a\n", "latin1");
    const picture = (more: string): Answers => ({
      "/users?": { ...named("jane"), body: page([{ ...jane, avatarUrl: "/users/jane/avatar.png" }]) },
      "/users/jane/avatar.png": { body: Buffer.concat([png, Buffer.from(more)]) },
    });
    expect((await check(picture(`tEXt${apiKey}`), bearer)).outcome).toMatchObject({ avatar: null });
    expect((await check(picture("tEXtno key"), bearer)).outcome).toMatchObject({
      avatar: { mediaType: "image/png" },
    });
  });
});

describe("text that is not secret stays", () => {
  test("a user name that is the password as well", async () => {
    const { outcome } = await check({}, { scheme: "basic", username: "jane", password: Secret.of("jane") });
    expect(outcome).toMatchObject({ account: { name: "jane", displayName: "Jane Citizen" } });
  });

  test("words in which a secret of three characters happens to stand, but not that secret alone", () => {
    const tells = echoOf({ scheme: "basic", username: "root", password: Secret.of("zen") });
    expect(["Jane Citizen", " Zen "].map(tells)).toEqual([false, true]);
  });

  test("everything, where the secret is nothing but space", () => {
    const tells = echoOf({ scheme: "basic", username: "root", password: Secret.of("   ") });
    expect(["", " ", "Jane"].map(tells)).toEqual([false, false, false]);
  });

  test("the words of an error, which are matched and not shown: a locked account is still known by them", async () => {
    const { outcome } = await check(
      { "/application-properties": denied("CaptchaRequiredAuthenticationException", 403) },
      { scheme: "basic", username: "jane", password: Secret.of("captcha") },
    );
    expect(outcome).toMatchObject({ reason: "ACCOUNT_LOCKED" });
  });
});

test("the quick test for whole pages misses nothing that the search of their texts finds", () => {
  const visible = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
    minLength: 8,
    maxLength: 20,
  });
  const disguises: readonly ((text: string) => string)[] = [
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => [...text].join(" \u200b"),
    (text) => [...text].map((one) => `%${one.charCodeAt(0).toString(16)}`).join(""),
    (text) => Buffer.from(text).toString("base64"),
    (text) => Buffer.from(text).toString("hex"),
  ];
  fc.assert(
    fc.property(visible, fc.constantFrom(...disguises), fc.string(), (secret, disguise, around) => {
      const { tells, mayTell } = echoInRecords({
        scheme: "bearer",
        apiKey: Secret.of(secret),
        expectedAccount: null,
      });
      const text = `${around}${disguise(secret)}${around}`;
      const body = Buffer.from(JSON.stringify({ values: [{ text }] }));
      expect(tells(text) && !mayTell(body)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});
