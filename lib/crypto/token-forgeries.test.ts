import { createSecretKey, randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import { expect, test } from "vitest";
import { z } from "zod";
import { readToken, signToken } from "./signed-token";

const key = createSecretKey(randomBytes(32));
const kind = { purpose: "any", schema: z.object({ text: z.string() }) };
const expiresAt = new Date("2030-01-01T00:10:00Z");
const now = new Date("2030-01-01T00:00:00Z");
const payload = { text: "x" };
const read = (text: string) => readToken(key, kind, text, now);
const forged = { ok: false, reason: "FORGED" };
const malformed = { ok: false, reason: "MALFORMED" };

test("a token without an end is a forgery, whoever signed it", async () => {
  const endless = new SignJWT({ payload }).setProtectedHeader({ alg: "HS256" }).setAudience("any");
  expect(await read(await endless.sign(key))).toEqual(forged);
});

test("a token signed in any other way is a forgery", async () => {
  const other = new SignJWT({ payload }).setProtectedHeader({ alg: "HS512" }).setAudience("any");
  expect(await read(await other.setExpirationTime(expiresAt).sign(key))).toEqual(forged);
});

test("the three other spellings of a signature's last character are forgeries", async () => {
  const token = await signToken(key, kind, payload, { expiresAt });
  expect(await read(token)).toEqual({ ok: true, payload });
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const last = alphabet.indexOf(token.slice(-1));
  for (const unusedBits of [1, 2, 3]) {
    expect(await read(token.slice(0, -1) + alphabet.charAt(last ^ unusedBits))).toEqual(forged);
  }
});

test("a text that is no token at all is malformed, not forged", async () => {
  for (const text of ["", "nonsense", "a.b", "a.b.c"]) expect(await read(text)).toEqual(malformed);
});

test("a token of 4096 characters is issued and read, and a longer one neither", async () => {
  const withFiller = (length: number) => ({ text: "x".repeat(length) });
  const signed = async (length: number) => {
    const claims = new SignJWT({ payload: withFiller(length) }).setProtectedHeader({ alg: "HS256" });
    return claims.setAudience("any").setExpirationTime(expiresAt).sign(key);
  };
  let longest = 2_900;
  while ((await signed(longest + 1)).length <= 4_096) longest += 1;
  expect(await signed(longest)).toHaveLength(4_096);

  const issued = await signToken(key, kind, withFiller(longest), { expiresAt });
  expect(await read(issued)).toEqual({ ok: true, payload: withFiller(longest) });
  await expect(signToken(key, kind, withFiller(longest + 1), { expiresAt })).rejects.toThrow("too long");
  expect(await read(await signed(longest + 1))).toEqual(malformed);
});
