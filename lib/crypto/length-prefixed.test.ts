import fc from "fast-check";
import { expect, test } from "vitest";
import { lengthPrefixed } from "./length-prefixed";

test("two different lists of texts never give the same bytes", () => {
  const list = fc.array(fc.constantFrom("", "a", "b", "ab", "\0", "\0\0\0\u0001a"), { maxLength: 5 });
  fc.assert(
    fc.property(list, list, (a, b) => {
      const same = JSON.stringify(a) === JSON.stringify(b);
      expect(lengthPrefixed(a).equals(lengthPrefixed(b))).toBe(same);
    }),
    { numRuns: 2_000 },
  );
});

test("moving a character over a border changes the bytes", () => {
  expect(lengthPrefixed(["ab", "c"]).equals(lengthPrefixed(["a", "bc"]))).toBe(false);
});

test("a length counts bytes of UTF-8, not characters", () => {
  expect(lengthPrefixed(["€"]).toString("hex")).toBe("00000003e282ac");
});
