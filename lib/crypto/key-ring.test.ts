import { createSecretKey, randomBytes } from "node:crypto";
import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { generateKeyRingText, type KeyRing, parseKeyRing } from "./key-ring";

const k1 = `k1:${randomBytes(32).toString("base64")}`;
const k2 = `k2:${randomBytes(32).toString("base64")}`;
const dataKey = createSecretKey(randomBytes(32));
const context = { dataKeyId: "0b6c6c1e-8f0a-4f7e-9a70-5f3f8f0e7b11" };

function ringOf(text: string): KeyRing {
  const parsed = parseKeyRing(text);
  if (!parsed.ok) throw new Error(parsed.problems.join());
  return parsed.ring;
}

function problemsOf(text: string): string[] {
  const parsed = parseKeyRing(text);
  return parsed.ok ? [] : parsed.problems;
}

test("the first key wraps, and the later ones still unwrap what they wrapped", async () => {
  const old = await ringOf(k1).wrap(dataKey, context);
  const both = ringOf(`${k2},${k1}`);
  expect(both.currentKeyId()).toBe("k2");
  expect((await both.wrap(dataKey, context)).wrappingKeyId).toBe("k2");
  expect((await both.unwrap(old, context)).equals(dataKey)).toBe(true);
});

test("a generated ring parses and is new each time", () => {
  expect(ringOf(generateKeyRingText()).currentKeyId()).toBe("k1");
  expect(generateKeyRingText()).not.toBe(generateKeyRingText());
});

test("space and line ends around entries are ignored, as a file brings them", () => {
  expect(ringOf(` ${k2} ,\n${k1}\n`).currentKeyId()).toBe("k2");
});

test("9 each mistake in SECRET_KEYS, a short key included, is named in plain words", () => {
  expect(problemsOf(" \n")).toEqual(["is empty: at least one key is needed"]);
  expect(problemsOf(`${k1},`)).toEqual(["entry 2 is empty: is there a comma too many?"]);
  expect(problemsOf(`${k1},${k1}`)).toEqual(['key id "k1" appears more than once']);
  expect(problemsOf(`${k1},k9:${k1.slice(3)}`)).toEqual(['keys "k1" and "k9" are the same key']);
  expect(problemsOf(k1.slice(3))).toEqual(["entry 1 has no key id: write it as id:base64"]);
  expect(problemsOf("k1:")).toEqual(['key "k1" is 0 bytes long: exactly 32 are needed']);
  expect(problemsOf(`k1:${randomBytes(16).toString("base64")}`)).toEqual([
    'key "k1" is 16 bytes long: exactly 32 are needed',
  ]);
  expect(problemsOf("k1:not*base64")).toEqual(['key "k1" is not base64 (with its padding)']);
  expect(problemsOf(`k1:${randomBytes(32).toString("hex")}`)).toEqual([
    'key "k1" is 48 bytes long: exactly 32 are needed',
  ]);
  expect(problemsOf(`k1:${k2.slice(3, -1)}`)).toEqual(['key "k1" is not base64 (with its padding)']);
});

test("an id that is missing or unfit is named by its place, not repeated", () => {
  const unfit = "entry 2 has a key id that is not 1 to 16 letters, digits, dots, dashes or underscores";
  for (const id of ["", "a b", "x".repeat(17)]) {
    expect(problemsOf(`${k1},${id}:${k2.slice(3)}`)).toEqual([unfit]);
  }
});

test("all mistakes are named at once", () => {
  expect(problemsOf(`k1:AAAA,,${k2}`)).toHaveLength(2);
});

test("no problem repeats key material, wherever the key was pasted", () => {
  const keyBytes = fc.uint8Array({ minLength: 13, maxLength: 48 });
  fc.assert(
    fc.property(keyBytes, fc.constantFrom("base64", "hex", "base64url"), (bytes, encoding) => {
      const key = Buffer.from(bytes).toString(encoding);
      const misplaced = [
        key,
        `${key}:k1`,
        `k1:${key}`,
        `k1:${key}!`,
        `k1:${key},k1:${key}`,
        `k1=${key}`,
        `k1:x:${key}`,
      ];
      for (const text of misplaced) {
        const told = problemsOf(text).join();
        expect(told).not.toContain(key);
        expect(told).not.toContain(key.slice(0, 12));
      }
    }),
  );
});

test("a wrapped key opens for no other data key, key id or key, and not with any bit flipped", async () => {
  const ring = ringOf(`${k2},${k1}`);
  const wrapped = await ring.wrap(dataKey, context);
  const refused = { code: "WRAPPING_KEY_REFUSED", wantedKeyId: "k2" };
  await expect(ring.unwrap(wrapped, { dataKeyId: "another" })).rejects.toMatchObject(refused);
  await expect(ring.unwrap({ ...wrapped, wrappingKeyId: "k1" }, context)).rejects.toMatchObject({
    wantedKeyId: "k1",
  });
  await expect(ringOf(`k2:${k1.slice(3)}`).unwrap(wrapped, context)).rejects.toMatchObject(refused);
  for (let bit = 0; bit < wrapped.bytes.length * 8; bit++) {
    const bytes = Buffer.from(wrapped.bytes);
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    await expect(ring.unwrap({ ...wrapped, bytes }, context)).rejects.toMatchObject(refused);
  }
});

test("a wrapped key of any other length is refused", async () => {
  const ring = ringOf(k1);
  const wrapped = await ring.wrap(dataKey, context);
  for (let length = 0; length < wrapped.bytes.length; length++) {
    const bytes = wrapped.bytes.subarray(0, length);
    await expect(ring.unwrap({ ...wrapped, bytes }, context)).rejects.toMatchObject({
      code: "WRAPPING_KEY_REFUSED",
    });
  }
});

test("only a key of 32 bytes is unwrapped, even where the wrapping key itself wrapped another length", async () => {
  for (const bytes of [16, 48]) {
    const wrapped = await ringOf(k1).wrap(createSecretKey(randomBytes(bytes)), context);
    await expect(ringOf(k1).unwrap(wrapped, context)).rejects.toMatchObject({
      code: "WRAPPING_KEY_REFUSED",
    });
  }
});

test("a refusal and a ring name every configured key, the wrapping one first", async () => {
  const ring = ringOf(`${k2},${k1}`);
  expect(ring.keyIds()).toEqual(["k2", "k1"]);
  const wrapped = await ring.wrap(dataKey, context);
  await expect(ring.unwrap({ ...wrapped, wrappingKeyId: "k1" }, context)).rejects.toMatchObject({
    configuredKeyIds: ["k2", "k1"],
  });
});

test("a missing wrapping key is named together with those that are configured", async () => {
  const wrapped = await ringOf(k1).wrap(dataKey, context);
  await expect(ringOf(`${k2}`).unwrap(wrapped, context)).rejects.toMatchObject({
    code: "WRAPPING_KEY_MISSING",
    wantedKeyId: "k1",
    configuredKeyIds: ["k2"],
    message: 'A data key is wrapped by the key "k1", which is not configured. Configured: k2.',
  });
});

test("a ring prints and serialises without its keys", () => {
  const ring = ringOf(k1);
  const shown = inspect(ring, { showHidden: true, depth: 9 }) + JSON.stringify(ring);
  expect(shown).not.toContain(k1.slice(3, 15));
  expect(shown).not.toContain(Buffer.from(k1.slice(3), "base64").toString("hex").slice(0, 12));
});
