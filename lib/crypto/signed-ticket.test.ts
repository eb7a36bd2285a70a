import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { issueTicket, readTicket } from "./signed-ticket";

const key = createSecretKey(randomBytes(32));
const unchecked = {
  purpose: "save-unchecked",
  schema: z.strictObject({ actorId: z.string(), baseUrl: z.string() }),
};
const payload = { actorId: "u1", baseUrl: "https://bitbucket.example.com/ü" };
const expiresAt = new Date("2030-01-01T00:10:00Z");
const now = new Date("2030-01-01T00:00:00Z");
const ticket = issueTicket(key, unchecked, payload, { expiresAt });

test("a ticket gives back its payload until it expires, and travels in a URL unchanged", () => {
  expect(readTicket(key, unchecked, ticket, now)).toEqual({ ok: true, payload });
  expect(encodeURIComponent(ticket)).toBe(ticket);
});

test("a ticket is good up to its last millisecond and not at the instant it expires", () => {
  expect(readTicket(key, unchecked, ticket, new Date(expiresAt.getTime() - 1)).ok).toBe(true);
  expect(readTicket(key, unchecked, ticket, expiresAt)).toEqual({ ok: false, reason: "EXPIRED" });
});

test("a ticket of another purpose or key is a forgery", () => {
  const forged = { ok: false, reason: "FORGED" };
  expect(readTicket(key, { ...unchecked, purpose: "other" }, ticket, now)).toEqual(forged);
  expect(readTicket(createSecretKey(randomBytes(32)), unchecked, ticket, now)).toEqual(forged);
});

test("a ticket with any character changed is refused, other spellings of its signature included", () => {
  const character = fc.constantFrom(
    ..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %\0é",
  );
  fc.assert(
    fc.property(fc.nat(ticket.length - 1), character, (at, replacement) => {
      fc.pre(ticket[at] !== replacement);
      const changed = ticket.slice(0, at) + replacement + ticket.slice(at + 1);
      expect(readTicket(key, unchecked, changed, now).ok).toBe(false);
    }),
    { numRuns: 1_000 },
  );
});

test("no text makes reading throw", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom("", ".", "..", "a.b", `${ticket}.`, `.${ticket}`),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(readTicket(key, unchecked, text, now).ok).toBe(false);
    }),
  );
  expect(readTicket(key, unchecked, `${"a".repeat(4096)}.a`, now)).toEqual({
    ok: false,
    reason: "MALFORMED",
  });
});

test("a signed payload of another shape is refused, such as one of an older release", () => {
  const older = { purpose: unchecked.purpose, schema: z.object({ actor: z.string() }) };
  const text = issueTicket(key, older, { actor: "u1" }, { expiresAt });
  expect(readTicket(key, unchecked, text, now)).toEqual({ ok: false, reason: "MALFORMED" });
});

test("a ticket that could not be read back is not issued", () => {
  const long = { ...payload, baseUrl: "x".repeat(4096) };
  expect(() => issueTicket(key, unchecked, long, { expiresAt })).toThrow(RangeError);
  expect(() => issueTicket(key, unchecked, payload, { expiresAt: new Date(Number.NaN) })).toThrow(RangeError);
});
