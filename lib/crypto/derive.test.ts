import { createSecretKey, hkdfSync, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { deriveKey, fingerprint } from "./derive";

const master = randomBytes(32);

test("one master and purpose always give the same 32-byte key, as RFC 5869 has it", () => {
  const expected = Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), "latchkey/1/signed-ticket", 32));
  expect(deriveKey(master, "signed-ticket").export()).toEqual(expected);
  expect(deriveKey(createSecretKey(master), "signed-ticket").export()).toEqual(expected);
});

test("another purpose or master gives another key, and none is the master", () => {
  const keys = [
    master,
    deriveKey(master, "signed-ticket").export(),
    deriveKey(master, "secret-fingerprint").export(),
    deriveKey(randomBytes(32), "signed-ticket").export(),
  ];
  expect(new Set(keys.map((key) => key.toString("hex"))).size).toBe(keys.length);
});

test("a fingerprint distinguishes secrets under one key only", () => {
  const key = deriveKey(master, "secret-fingerprint");
  const other = deriveKey(randomBytes(32), "secret-fingerprint");
  expect(fingerprint(key, Secret.of("same"))).toBe(fingerprint(key, Secret.of("same")));
  expect(fingerprint(key, Secret.of("same"))).not.toBe(fingerprint(key, Secret.of("same ")));
  expect(fingerprint(key, Secret.of("same"))).not.toBe(fingerprint(other, Secret.of("same")));
  expect(fingerprint(key, Secret.of("same"))).toMatch(/^[\w-]{43}$/);
});
