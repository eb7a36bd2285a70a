import { expect, test } from "vitest";
import { isWrappingKeyError, WrappingKeyError } from "./key-wrapper";

test("a wrapping key that is missing is named with all that are configured", () => {
  const { name, message } = new WrappingKeyError("WRAPPING_KEY_MISSING", "k1", ["k3", "k2"]);
  expect(name).toBe("WrappingKeyError");
  expect(message).toBe('A data key is wrapped by the key "k1", which is not configured. Configured: k3, k2.');
});

test("a wrapping key that does not fit is said to be another one, or the stored bytes changed", () => {
  expect(new WrappingKeyError("WRAPPING_KEY_REFUSED", "k1", ["k2", "k1"]).message).toBe(
    'The configured key "k1" does not open the data key that was wrapped by a key of that id: ' +
      "it is another key, or the stored bytes were changed. Configured: k2, k1.",
  );
});

test("the error is recognised by its name, from another bundle too, and no other error is", () => {
  const ofAnotherBundle = Object.assign(new Error("its own class"), { name: "WrappingKeyError" });
  expect(isWrappingKeyError(new WrappingKeyError("WRAPPING_KEY_MISSING", "k1", []))).toBe(true);
  expect(isWrappingKeyError(ofAnotherBundle)).toBe(true);
  expect(isWrappingKeyError(new Error("WrappingKeyError"))).toBe(false);
  for (const thrown of [{ name: "WrappingKeyError" }, "WrappingKeyError", null, undefined]) {
    expect(isWrappingKeyError(thrown)).toBe(false);
  }
});
