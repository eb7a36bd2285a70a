import { expect, it } from "vitest";
import { storableText } from "./storable-text";

it("a text that the database takes has no NUL and no half of a surrogate pair", () => {
  expect(storableText("plain 😀 text")).toBe("plain 😀 text");
  expect(storableText("a\0b\ud800c\udc00")).toBe("a\uFFFDb\uFFFDc\uFFFD");
});
