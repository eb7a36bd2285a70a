import { createDecipheriv, createSecretKey, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { decrypt, encrypt, NONCE_BYTES, TAG_BYTES } from "./aes-gcm";

const key = createSecretKey(randomBytes(32));
const aad = Buffer.from("where it belongs");

test("ciphertext decrypts with the same key and AAD only", () => {
  const box = encrypt(key, Buffer.from("plain"), aad);
  expect(decrypt(key, box, aad)?.toString()).toBe("plain");
  expect(decrypt(createSecretKey(randomBytes(32)), box, aad)).toBeNull();
  expect(decrypt(key, box, Buffer.from("elsewhere"))).toBeNull();
});

test("the bytes are AES-256-GCM as Node itself reads it: nonce, tag, ciphertext", () => {
  const box = encrypt(key, Buffer.from("plain"), aad);
  const reader = createDecipheriv("aes-256-gcm", key.export(), box.subarray(0, 12));
  reader.setAAD(aad).setAuthTag(box.subarray(12, 28));
  expect(reader.update(box.subarray(28), undefined, "utf8") + reader.final("utf8")).toBe("plain");
});

test("a box cut at any byte is refused, down to nothing, without a crash", () => {
  const box = encrypt(key, Buffer.alloc(0), aad);
  for (let length = 0; length < box.length; length++)
    expect(decrypt(key, box.subarray(0, length), aad)).toBeNull();
});

test("6 a true tag cut to 4, 8 or 12 bytes is refused", () => {
  // With an empty plaintext the tag is the last part of the box, so cutting the box cuts the tag and nothing else.
  const box = encrypt(key, Buffer.alloc(0), aad);
  for (const tagBytes of [4, 8, 12]) {
    expect(decrypt(key, box.subarray(0, NONCE_BYTES + tagBytes), aad)).toBeNull();
  }
  expect(TAG_BYTES).toBe(16);
});
