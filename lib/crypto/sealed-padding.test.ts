import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { encrypt } from "./aes-gcm";
import { generateDataKey } from "./data-key";
import { lengthPrefixed } from "./length-prefixed";
import { SealError } from "./seal-error";
import { open, type SealContext, seal } from "./sealed-value";

const dataKey = generateDataKey();
const context: SealContext = {
  table: "t",
  column: "c",
  rowId: "r",
  ownerId: "o",
  field: "f",
  origin: "https://a.example",
  secretVersion: 7,
};

/** What only a holder of the data key could make: these very bytes, authenticated in the right context. */
function sealedPadding(padded: Buffer): Buffer {
  const parts = ["latchkey sealed value", "1", "1", "t", "c", "r", "o", "f", "https://a.example", "7"];
  const box = encrypt(dataKey.key, padded, lengthPrefixed([...parts, dataKey.id]));
  return Buffer.concat([Buffer.of(1, 1), Buffer.from(dataKey.id.replaceAll("-", ""), "hex"), box]);
}

function padded(text: string, ...tail: readonly number[]): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.set([...Buffer.from(text), ...tail]);
  return bytes;
}

test("a secret in the padding of this format opens", () => {
  const opened = open(dataKey, sealedPadding(padded("pass", 0x80)), context);
  expect(opened.use((text) => text)).toBe("pass");
});

test.each([
  ["without its mark", padded("pass")],
  ["of zeros only, which must not pass for an empty secret", padded("")],
  ["with another byte behind the mark", padded("pass", 0x80, 0, 1)],
])("a padding %s is refused, even in authenticated bytes", (_what, bytes) => {
  expect(() => open(dataKey, sealedPadding(bytes), context)).toThrow(new SealError("TAMPERED"));
});

test("a caller's mistake is a TypeError that says which, and seals nothing", () => {
  const secret = Secret.of("any");
  expect(() => seal(dataKey, secret, { ...context, origin: "https://a.example/" })).toThrow(
    new TypeError("SealContext.origin is not the origin of a URL."),
  );
  for (const id of ["", "k1", dataKey.id.slice(0, -2), `${dataKey.id}00`]) {
    expect(() => seal({ ...dataKey, id }, secret, context)).toThrow(
      new TypeError("The id of the data key is not a UUID."),
    );
  }
});

test("a refusal is named as such in logs, and its message says why", () => {
  const refusal = new SealError("TRUNCATED");
  expect(refusal.name).toBe("SealError");
  expect(refusal.message).toBe("The sealed value is of a length that no sealed value has.");
});
