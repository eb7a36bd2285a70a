import { expect, test } from "vitest";
import { opensCanary, sealCanary } from "./canary-value";
import { generateDataKey } from "./data-key";
import { sealedWith } from "./sealed-value";

test("a canary opens with the key that sealed it and with no other", () => {
  const dataKey = generateDataKey();
  const canary = sealCanary(dataKey);
  expect(opensCanary(dataKey, canary)).toBe(true);
  expect(opensCanary({ id: dataKey.id, key: generateDataKey().key }, canary)).toBe(false);
  expect(opensCanary(generateDataKey(), canary)).toBe(false);
});

test("bytes that are no canary are an answer, not a crash", () => {
  const dataKey = generateDataKey();
  for (const bytes of [Buffer.alloc(0), Buffer.alloc(110), Buffer.from("nonsense")]) {
    expect(opensCanary(dataKey, bytes)).toBe(false);
  }
});

test("a failure of another kind is not taken for a wrong key", () => {
  const canary = sealCanary(generateDataKey());
  const outage = new Error("the key is not at hand");
  const broken = {
    id: sealedWith(canary),
    get key(): never {
      throw outage;
    },
  };
  expect(() => opensCanary(broken, canary)).toThrow(outage);
});
