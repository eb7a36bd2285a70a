import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { anyCharacter } from "@/lib/testing/any-text";
import { readToken, signToken } from "./signed-token";

const key = createSecretKey(randomBytes(32));
const unchecked = {
  purpose: "save-unchecked",
  schema: z.strictObject({ actorId: z.string(), baseUrl: z.string() }),
};
const payload = { actorId: "u1", baseUrl: "https://bitbucket.example.com/ü" };
const expiresAt = new Date("2030-01-01T00:10:00Z");
const now = new Date("2030-01-01T00:00:00Z");
const token = await signToken(key, unchecked, payload, { expiresAt });

test("a token gives back its payload until it expires, and travels in a URL unchanged", async () => {
  expect(await readToken(key, unchecked, token, now)).toEqual({ ok: true, payload });
  expect(encodeURIComponent(token)).toBe(token);
});

test("a token is good up to its last millisecond and not at the instant it expires", async () => {
  expect((await readToken(key, unchecked, token, new Date(expiresAt.getTime() - 1))).ok).toBe(true);
  expect(await readToken(key, unchecked, token, expiresAt)).toEqual({ ok: false, reason: "EXPIRED" });
});

test("a token of another purpose or key is a forgery", async () => {
  const forged = { ok: false, reason: "FORGED" };
  expect(await readToken(key, { ...unchecked, purpose: "other" }, token, now)).toEqual(forged);
  expect(await readToken(createSecretKey(randomBytes(32)), unchecked, token, now)).toEqual(forged);
});

test("a token with any character changed is refused, other spellings of its signature included", async () => {
  const character = fc.constantFrom(
    ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %\0é",
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(token.length - 1), character, async (at, replacement) => {
      fc.pre(token[at] !== replacement);
      const changed = token.slice(0, at) + replacement + token.slice(at + 1);
      expect((await readToken(key, unchecked, changed, now)).ok).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test("no text makes reading throw", async () => {
  const texts = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom("", ".", "..", "a.b", `${token}.`, `.${token}`),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      expect((await readToken(key, unchecked, text, now)).ok).toBe(false);
    }),
  );
  expect(await readToken(key, unchecked, `${"a".repeat(4096)}.a`, now)).toEqual({
    ok: false,
    reason: "MALFORMED",
  });
});

test("a signed payload of another shape is refused, such as one of an older release", async () => {
  const older = { purpose: unchecked.purpose, schema: z.object({ actor: z.string() }) };
  const text = await signToken(key, older, { actor: "u1" }, { expiresAt });
  expect(await readToken(key, unchecked, text, now)).toEqual({ ok: false, reason: "MALFORMED" });
});

test("a token that could not be read back is not issued", async () => {
  const long = { ...payload, baseUrl: "x".repeat(4096) };
  await expect(signToken(key, unchecked, long, { expiresAt })).rejects.toThrow(RangeError);
  const never = { expiresAt: new Date(Number.NaN) };
  await expect(signToken(key, unchecked, payload, never)).rejects.toThrow(TypeError);
});
