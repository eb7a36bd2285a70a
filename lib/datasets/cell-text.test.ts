import { describe, expect, it } from "vitest";
import { cellText } from "./cell-text";

describe("a value on a page", () => {
  it("is text for reading", () => {
    expect(cellText("2026-11-01T10:20:30.456Z", "timestamp", 50)).toBe("2026-11-01 10:20:30");
    expect(cellText("never", "timestamp", 50)).toBe("never");
    expect(cellText(0, "int", 50)).toBe("0");
    expect(cellText(false, "bool", 50)).toBe("false");
    expect(cellText(["a", "b"], "text[]", 50)).toBe("a, b");
    expect(cellText({ a: [1] }, "json", 50)).toBe('{"a":[1]}');
  });

  it("is nothing where there is no value", () => {
    for (const value of [undefined, null, "", [], {}]) expect(cellText(value, "json", 50)).toBeNull();
  });

  it("is cut after the most characters, never within one", () => {
    expect(cellText("x".repeat(60), "text", 50)).toBe(`${"x".repeat(50)}…`);
    expect(cellText("😀".repeat(60), "text", 50)).toBe(`${"😀".repeat(50)}…`);
  });
});
