import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { authorizationHeader, secretOf } from "@/lib/connectors/sign-in";
import { Secret } from "@/lib/secret";
import { keyOf, wrappings } from "@/lib/testing/api-keys";
import { chooseSignIn } from "./sign-in";

const key = keyOf("123456789012", 5);
const otherKey = keyOf("210987654321", 9);
const todaysKey = `BBDC-${key}`;
const oddKey = "Zz09".repeat(12);

/** The choice with its secret opened, since two `Secret`s look the same to a comparison. */
function chosen(username: string, password: string) {
  const choice = chooseSignIn(username, password);
  if (!choice.ok) return choice;
  const { signIn } = choice;
  const text = secretOf(signIn).use((secret) => secret);
  const opened = signIn.scheme === "basic" ? { ...signIn, password: text } : { ...signIn, apiKey: text };
  return { ...choice, signIn: opened };
}

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
    [
      "a name with invisible characters around it",
      "\u200b\u202djane\ufeff",
      "s3cret",
      basic("jane", "s3cret"),
    ],
    ["a password with inner spaces, which stay", "jane", "s3 cret", basic("jane", "s3 cret")],
    ["a password that begins like a project's issue", "jane", "BBDC-2026!", basic("jane", "BBDC-2026!")],
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
    ["today's key and nothing", todaysKey, "", bearer(todaysKey, null, true)],
    ["today's key twice, once in quotes", todaysKey, `"${todaysKey}"`, bearer(todaysKey, null, true)],
    ["a name and today's key", "jane", todaysKey, bearer(todaysKey, "jane", false)],
    ["a key in the second field alone", "", todaysKey, bearer(todaysKey, null, false)],
    ["a name and a key in the first field", `jane:${todaysKey}`, "", bearer(todaysKey, "jane", true)],
    ["a name and a key in the second field", " ", `jane:${key}`, bearer(key, "jane", false)],
    ["a name, and a name and a key", "jane", `bob:${todaysKey}`, bearer(todaysKey, "jane", false)],
    [
      "a header with a key of another shape",
      `Authorization: Bearer ${oddKey}`,
      "",
      bearer(oddKey, null, true),
    ],
  ])("%s", (_what, username, password, expected) => {
    expect(chosen(username, password)).toEqual(expected);
  });

  test.each([
    ["nothing at all", "", "", "USERNAME_MISSING", "username"],
    ["a password alone", "  ", "s3cret", "USERNAME_MISSING", "username"],
    ["a name alone", "jane", "", "PASSWORD_MISSING", "password"],
    ["a long name alone", "firstname.lastname@example-company.com", "", "PASSWORD_MISSING", "password"],
    ["a key and a password", key, "s3cret", "KEY_AND_SOMETHING_ELSE", "password"],
    ["two different keys", key, otherKey, "KEY_AND_SOMETHING_ELSE", "password"],
    ["today's key and a password", todaysKey, "s3cret", "KEY_AND_SOMETHING_ELSE", "password"],
    [
      "today's key with something around it and a name",
      `Bearer ${todaysKey}`,
      "jane",
      "KEY_AND_SOMETHING_ELSE",
      "password",
    ],
    ["a key and its first half", todaysKey, todaysKey.slice(0, 30), "KEY_INCOMPLETE", "password"],
    ["a name and 40 characters of an older key", "jane", key.slice(0, 40), "KEY_INCOMPLETE", "password"],
    ["a name and 40 characters of today's key", "jane", todaysKey.slice(0, 45), "KEY_INCOMPLETE", "password"],
    ["a key without its first characters", "jane", todaysKey.slice(2), "KEY_INCOMPLETE", "password"],
    ["a part of a key alone", todaysKey.slice(0, 40), "", "KEY_INCOMPLETE", "username"],
    ["a part of a key beside a password", key.slice(0, 40), "s3cret", "KEY_INCOMPLETE", "username"],
    ["two keys in one field", `${key} ${otherKey}`, "", "SEVERAL_KEYS", "username"],
    ["a key of another shape beside a key", oddKey, todaysKey, "KEY_AND_SOMETHING_ELSE", "username"],
    ["an invisible character within the name", "ja\u200bne", "s3cret", "CONTROL_CHARACTERS", "username"],
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

describe("text pasted around a key", () => {
  test.each(wrappings)("%s: is left out, in either field", (_what, wrap) => {
    for (const pasted of [key, todaysKey]) {
      const alone = chosen(wrap(pasted), "");
      const beside = chosen("jane", wrap(pasted));
      expect(alone).toMatchObject({ ok: true, signIn: { scheme: "bearer", apiKey: pasted } });
      expect(beside).toMatchObject({
        ok: true,
        signIn: { scheme: "bearer", apiKey: pasted, expectedAccount: "jane" },
      });
    }
  });

  test("around a password stays, and is remembered for the text after a refusal", () => {
    for (const password of [" s3 cret ", "s3cret ", "\u200bs3cret"]) {
      expect(chosen("jane", password)).toEqual({
        ok: true,
        signIn: { scheme: "basic", username: "jane", password },
        shape: { scheme: "basic", keyInUsernameField: false, spaceAroundPassword: true },
      });
    }
  });

  test("an ordinary name and password are sent as they were typed", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9._@-]{1,30}$/);
    const password = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(name, password, (username, typed) => {
        fc.pre(typed.trim() !== "");
        expect(chosen(username, typed)).toMatchObject({
          ok: true,
          signIn: { scheme: "basic", username, password: typed },
        });
      }),
    );
  });
});

describe("the Authorization header", () => {
  test("carries names and passwords of any alphabet as base64 of UTF-8, fit for a header", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (username, password) => {
        const header = authorizationHeader({ scheme: "basic", username, password: Secret.of(password) });
        expect(header).toMatch(/^Basic [A-Za-z0-9+/]*={0,2}$/);
        expect(Buffer.from(header.slice(6), "base64").toString("utf8")).toBe(`${username}:${password}`);
      }),
    );
  });

  test("carries an API key as it is", () => {
    expect(authorizationHeader({ scheme: "bearer", apiKey: Secret.of(key), expectedAccount: null })).toBe(
      `Bearer ${key}`,
    );
  });
});
