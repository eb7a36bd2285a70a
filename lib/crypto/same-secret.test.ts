import fc from "fast-check";
import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { anyCharacter } from "@/lib/testing/any-text";
import { isSameSecret } from "./same-secret";

test("equality holds for equal texts only, whatever their lengths", () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 200 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(isSameSecret(Secret.of(a), Secret.of(a))).toBe(true);
      expect(isSameSecret(Secret.of(a), Secret.of(b))).toBe(a === b);
    }),
  );
});
