import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { anyCharacter } from "@/lib/testing/any-text";
import { generateDataKey } from "./data-key";
import { isSameSecret } from "./same-secret";
import { SealError, type SealErrorCode } from "./seal-error";
import { open, type SealContext, seal, sealedWith } from "./sealed-value";

const dataKey = generateDataKey();
const marker = "s3cret-Marker";
const context: SealContext = {
  table: "credential_secrets",
  column: "sealed",
  rowId: "row-1",
  ownerId: "owner-1",
  field: "password",
  origin: "https://bitbucket.example.com",
  secretVersion: 3,
};
const sealed = seal(dataKey, Secret.of(marker), context);

function refusalOf(bytes: Uint8Array, where: SealContext = context, key = dataKey): SealErrorCode | null {
  try {
    open(key, bytes, where);
    return null;
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    expect(inspect(error, { showHidden: true, depth: 9 })).not.toContain(marker);
    return error.code;
  }
}

function withByte(bytes: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(byte, at);
  return copy;
}

test("any secret comes back exactly as it was sealed", () => {
  const wellFormed = fc.string({ unit: anyCharacter, maxLength: 300 });
  fc.assert(
    fc.property(wellFormed, (text) => {
      expect(open(dataKey, seal(dataKey, Secret.of(text), context), context).use((opened) => opened)).toBe(
        text,
      );
    }),
    { numRuns: 500, examples: [[""], ["\0"], ["\x80"], ["a".repeat(63)], ["a".repeat(64)], ["\ufeffa\0\0"]] },
  );
});

test("any sequence of UTF-16 units, broken surrogates included, comes back equal", () => {
  const units = fc.array(fc.nat(0xffff), { maxLength: 80 }).map((codes) => String.fromCharCode(...codes));
  fc.assert(
    fc.property(units, (text) => {
      const secret = Secret.of(text);
      expect(isSameSecret(open(dataKey, seal(dataKey, secret, context), context), secret)).toBe(true);
    }),
  );
});

test("length shows in 64-byte steps only", () => {
  const lengthOf = (count: number) => seal(dataKey, Secret.of("x".repeat(count)), context).length;
  expect([0, 1, 8, 63].map(lengthOf)).toEqual([110, 110, 110, 110]);
  expect([64, 127].map(lengthOf)).toEqual([174, 174]);
});

test("14 equal secrets look different in every part but the header", () => {
  const other = seal(dataKey, Secret.of(marker), context);
  expect(other.subarray(0, 18)).toEqual(sealed.subarray(0, 18));
  expect(other.subarray(18, 30)).not.toEqual(sealed.subarray(18, 30));
  expect(other.subarray(30, 46)).not.toEqual(sealed.subarray(30, 46));
  expect(other.subarray(46)).not.toEqual(sealed.subarray(46));
});

test("3 a value opens in its own column and place only: any part of the context changed is a refusal", () => {
  const moved: Record<keyof SealContext, SealContext> = {
    table: { ...context, table: "backups" },
    column: { ...context, column: "description" },
    rowId: { ...context, rowId: "row-2" },
    ownerId: { ...context, ownerId: "owner-2" },
    field: { ...context, field: "apiKey" },
    origin: { ...context, origin: "https://evil.example.com" },
    secretVersion: { ...context, secretVersion: 2 },
  };
  expect(refusalOf(sealed)).toBeNull();
  for (const [part, where] of Object.entries(moved))
    expect([part, refusalOf(sealed, where)]).toEqual([part, "TAMPERED"]);
});

test("any two different contexts keep their values apart, border cases between parts included", () => {
  const short = fc.constantFrom("", "a", "b", "ab", "ba", "\0", "1");
  const place = fc.record({
    table: short,
    column: short,
    rowId: short,
    ownerId: short,
    field: short,
    origin: fc.constantFrom("", "https://a", "https://ab", "http://a", "https://a:8443"),
    secretVersion: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(place, place, (here, there) => {
      const same = JSON.stringify(here) === JSON.stringify(there);
      expect(refusalOf(seal(dataKey, Secret.of(marker), here), there)).toBe(same ? null : "TAMPERED");
    }),
    { numRuns: 500 },
  );
});

test("7 a value with any one bit flipped is refused", () => {
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const at = bit >> 3;
    expect(refusalOf(withByte(sealed, at, sealed.readUInt8(at) ^ (1 << (bit & 7))))).not.toBeNull();
  }
});

test("6 a value cut or lengthened anywhere is refused, its tag cut to 4, 8 or 12 bytes included", () => {
  for (let length = 0; length < sealed.length; length++) {
    expect(refusalOf(sealed.subarray(0, length))).toBe("TRUNCATED");
  }
  expect(refusalOf(Buffer.concat([sealed, Buffer.alloc(1)]))).toBe("TRUNCATED");
  expect(refusalOf(Buffer.concat([sealed, Buffer.alloc(64)]))).toBe("TAMPERED");
  for (const tagBytes of [4, 8, 12]) {
    const cut = Buffer.concat([sealed.subarray(0, 30 + tagBytes), sealed.subarray(46)]);
    expect(refusalOf(cut)).toBe("TRUNCATED");
    // Made up to a length that looks right, the bytes behind the short tag are taken for the rest of it.
    expect(refusalOf(Buffer.concat([cut, Buffer.alloc(16 - tagBytes)]))).toBe("TAMPERED");
  }
});

test("8 an unknown version, algorithm or key id is a refusal of its own", () => {
  for (const byte of [0, 2, 255]) {
    expect(refusalOf(withByte(sealed, 0, byte))).toBe("UNKNOWN_VERSION");
    expect(refusalOf(withByte(sealed, 1, byte))).toBe("UNKNOWN_ALGORITHM");
  }
  expect(refusalOf(withByte(sealed, 2, sealed.readUInt8(2) ^ 1))).toBe("UNKNOWN_KEY");
  expect(refusalOf(sealed, context, generateDataKey())).toBe("UNKNOWN_KEY");
});

test("another key under the same id opens nothing", () => {
  expect(refusalOf(sealed, context, { id: dataKey.id, key: generateDataKey().key })).toBe("TAMPERED");
});

test("8 no bytes make opening crash", () => {
  const header = sealed.subarray(0, 18);
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.uint8Array({ maxLength: 300 }).map((tail) => Buffer.concat([header, tail])),
    fc.uint8Array({ minLength: 92, maxLength: 92 }).map((tail) => Buffer.concat([header, tail])),
  );
  fc.assert(
    fc.property(bytes, (garbage) => {
      expect(refusalOf(garbage)).not.toBeNull();
    }),
  );
});

test("the id of the data key is readable without the key, from a plain Uint8Array too", () => {
  expect(sealedWith(sealed)).toBe(dataKey.id);
  expect(sealedWith(new Uint8Array(sealed))).toBe(dataKey.id);
  expect(isSameSecret(open(dataKey, new Uint8Array(sealed), context), Secret.of(marker))).toBe(true);
});

test("a base URL passed where its origin belongs is refused before it is sealed in", () => {
  for (const origin of [
    "https://bitbucket.example.com/",
    "https://a.example/git",
    "HTTPS://A.example",
    "a",
    "null",
  ]) {
    expect(() => seal(dataKey, Secret.of(marker), { ...context, origin })).toThrow(TypeError);
  }
});

test("13 100 000 seals have 100 000 nonces", () => {
  const secret = Secret.of(marker);
  const nonces = new Set<string>();
  for (let count = 0; count < 100_000; count++) {
    nonces.add(seal(dataKey, secret, context).toString("latin1", 18, 30));
  }
  expect(nonces.size).toBe(100_000);
}, 30_000);
