import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyCharacter } from "@/lib/testing/any-text";
import { browserLabel } from "./browser-label";

describe("the label of a browser", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
      "Firefox on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15",
      "Safari on macOS",
    ],
    [
      "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36",
      "Chrome on Android",
    ],
  ])("of %s is %s", (userAgent, label) => {
    expect(browserLabel(userAgent)).toBe(label);
  });

  it.each([null, undefined, "", "\u0000", "\u202e", "curl/8.5.0"])(
    "of %j, which names none, is null",
    (userAgent) => {
      expect(browserLabel(userAgent)).toBeNull();
    },
  );

  it("is printable and bounded or null, whatever the header holds", () => {
    const pieces = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom("Firefox/1", "Windows NT", "(", ")", " ", "/", ";"),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(browserLabel(parts.join("")) ?? "none").toMatch(/^[ -~]{1,60}$/);
      }),
    );
  });

  it("is found at once in a header of any length", () => {
    const begun = performance.now();
    browserLabel(`Mozilla/5.0 (${"a ".repeat(500_000)}) ${"b/".repeat(500_000)}`);
    expect(performance.now() - begun).toBeLessThan(100);
  });
});
