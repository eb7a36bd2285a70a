import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayBeApiKey } from "@/lib/bitbucket/api-key-shape";
import { authorizationHeader, chooseSignIn, looksLikeApiKey } from "@/lib/bitbucket/sign-in";

const keyOf = (id: string, seed: number) =>
  Buffer.concat([
    Buffer.from(`${id}:`),
    Buffer.from(Array.from({ length: 20 }, (_, i) => (seed * 31 + i * 7) % 256)),
  ]).toString("base64");
const key = keyOf("123456789012", 5);
const otherKey = keyOf("210987654321", 9);
const oddKey = "Zz09".repeat(12);

describe("an API key", () => {
  test("is known by its shape, with space around it", () => {
    expect(key).toHaveLength(44);
    expect([key, otherKey, ` ${key}\n`].map(looksLikeApiKey)).toEqual([true, true, true]);
  });

  test("is not confused with names, passwords or other secrets", () => {
    const others = [
      "",
      "jane",
      "jane.citizen@example.com",
      "correct horse battery staple",
      key.slice(1),
      `${key}A`,
      oddKey,
      Buffer.alloc(33, 7).toString("base64"),
      "a".repeat(44),
      "ATATT3xFfGF0T4JVjdmKfkgnpdLcuuYWuDq",
    ];
    expect(others.filter(looksLikeApiKey)).toEqual([]);
  });

  test("random text of 44 characters is never taken for one", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 33, maxLength: 33 }), (bytes) => {
        fc.pre(bytes[0] !== undefined && (bytes[0] < 48 || bytes[0] > 57));
        expect(looksLikeApiKey(Buffer.from(bytes).toString("base64"))).toBe(false);
      }),
    );
  });

  test("of a shape to come is guessed only from long, mixed text", () => {
    expect([key, oddKey].map(mayBeApiKey)).toEqual([true, true]);
    expect(["jane", "a".repeat(40), "firstname.lastname@example-company.com"].map(mayBeApiKey)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

describe("the two fields", () => {
  const bearer = (apiKey: string, expectedAccount: string | null, keyInUsernameField: boolean) => ({
    ok: true,
    signIn: { scheme: "bearer", apiKey, expectedAccount },
    shape: { scheme: "bearer", keyInUsernameField },
  });
  const basic = (username: string, password: string) => ({
    ok: true,
    signIn: { scheme: "basic", username, password },
    shape: { scheme: "basic", keyInUsernameField: false },
  });

  test.each([
    ["a name and a password", "jane", "s3cret", basic("jane", "s3cret")],
    ["a name with space around it", " jane ", "s3cret", basic("jane", "s3cret")],
    ["a password with spaces, which stay", "jane", " s3 cret ", basic("jane", " s3 cret ")],
    ["a password that looks random", "jane", oddKey, basic("jane", oddKey)],
    ["a password equal to the name", "admin", "admin", basic("admin", "admin")],
    ["an e-mail as name", "jane@corp.example", "s3cret", basic("jane@corp.example", "s3cret")],
    ["the same key twice", key, key, bearer(key, null, true)],
    ["the same key twice, pasted with a line break", `${key}\n`, ` ${key}`, bearer(key, null, true)],
    ["a key and nothing", key, "", bearer(key, null, true)],
    ["a key of another shape and nothing", oddKey, "", bearer(oddKey, null, true)],
    ["a key of another shape twice", oddKey, oddKey, bearer(oddKey, null, true)],
    ["a name and a key", "jane", key, bearer(key, "jane", false)],
    ["Cloud's word for a name, and a key", "x-token-auth", key, bearer(key, null, false)],
  ])("%s", (_what, username, password, expected) => {
    expect(chooseSignIn(username, password)).toEqual(expected);
  });

  test.each([
    ["nothing at all", "", "", "USERNAME_MISSING", "username"],
    ["a password alone", "  ", "s3cret", "USERNAME_MISSING", "username"],
    ["a name alone", "jane", "", "PASSWORD_MISSING", "password"],
    ["a long name alone", "firstname.lastname@example-company.com", "", "PASSWORD_MISSING", "password"],
    ["a key and a password", key, "s3cret", "KEY_AND_SOMETHING_ELSE", "password"],
    ["two different keys", key, otherKey, "KEY_AND_SOMETHING_ELSE", "password"],
    ["a name with a colon", "jane:x", "s3cret", "USERNAME_HAS_COLON", "username"],
    ["a line break in the name", "ja\r\nne", "s3cret", "CONTROL_CHARACTERS", "username"],
    ["a line break in the password", "jane", "s3\ncret", "CONTROL_CHARACTERS", "password"],
    ["a NUL in the password", "jane", "s3\u0000cret", "CONTROL_CHARACTERS", "password"],
    ["a megabyte of password", "jane", "x".repeat(1_000_000), "TOO_LONG", "password"],
  ])("%s: refused at the right field, without an echo", (_what, username, password, problem, field) => {
    const choice = chooseSignIn(username, password);
    expect(choice).toMatchObject({ ok: false, problem, field });
    expect(JSON.stringify(choice)).not.toMatch(/s3|jane/);
  });
});

describe("the Authorization header", () => {
  test("carries names and passwords of any alphabet as base64 of UTF-8, fit for a header", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (username, password) => {
        const header = authorizationHeader({ scheme: "basic", username, password });
        expect(header).toMatch(/^Basic [A-Za-z0-9+/]*={0,2}$/);
        expect(Buffer.from(header.slice(6), "base64").toString("utf8")).toBe(`${username}:${password}`);
      }),
    );
  });

  test("carries an API key as it is", () => {
    expect(authorizationHeader({ scheme: "bearer", apiKey: key, expectedAccount: null })).toBe(
      `Bearer ${key}`,
    );
  });
});
