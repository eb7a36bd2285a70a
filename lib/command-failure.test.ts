import { expect, it } from "vitest";
import { WrappingKeyError } from "@/lib/crypto/key-wrapper";
import { commandFailureText } from "./command-failure";

const withCode = (code: string) => Object.assign(new Error("words of a driver"), { code });

it.each(["ECONNREFUSED", "ENOTFOUND", "ETIMEDOUT", "28P01", "3D000", "57P03"])(
  "a database that answers %s is told with its cure, also as the cause of another error",
  (code) => {
    expect(commandFailureText(withCode(code))).toMatch(
      /^Error: words of a driver\nThe database cannot be opened/,
    );
    const wrapped = new Error("Failed query", { cause: withCode(code) });
    expect(commandFailureText(wrapped)).toContain("check DATABASE_URL");
  },
);

it("a missing key is named with its id and what to do", () => {
  const text = commandFailureText(new WrappingKeyError("WRAPPING_KEY_MISSING", "k1", ["k2"]));
  expect(text).toContain('put "k1" back into SECRET_KEYS');
});

it("an unknown error is shown unchanged", () => {
  expect(commandFailureText(new TypeError("odd"))).toBe("TypeError: odd\n");
  expect(commandFailureText("odd")).toBe("odd\n");
});
