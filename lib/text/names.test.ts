import { describe, expect, it } from "vitest";
import { descriptionSchema, nameSchema } from "./names";

const name = nameSchema("Enter a name.");

describe("a name", () => {
  it.each([
    ["  Data   platform ", "Data platform"],
    ["Zoë 数据", "Zoë 数据"],
    ["e\u0301clair", "éclair"],
    ["👩‍💻 on call", "👩‍💻 on call"],
    ["می‌خواهم", "می‌خواهم"],
    ["<b>=cmd|' /C calc'!A0</b>", "<b>=cmd|' /C calc'!A0</b>"],
  ])("%j becomes %j", (typed, kept) => {
    expect(name.parse(typed)).toBe(kept);
  });

  it.each([
    ["nothing", ""],
    ["only space", " \t\n "],
    ["a NUL", "a\0b"],
    ["an ANSI escape", "\u001b[31mred"],
    ["a direction override", "\u202eevil"],
    ["a zero-width space", "a\u200bb"],
    ["101 characters", "x".repeat(101)],
  ])("cannot be %s", (_what, typed) => {
    expect(name.safeParse(typed).success).toBe(false);
  });
});

describe("a description", () => {
  it("keeps its line breaks and may be empty or missing", () => {
    expect(descriptionSchema.parse("one\r\ntwo")).toBe("one\ntwo");
    expect(descriptionSchema.parse("")).toBe("");
    expect(descriptionSchema.parse(undefined)).toBe("");
  });

  it("refuses what a log or an export could trip over", () => {
    expect(descriptionSchema.safeParse("\u001b]0;title\u0007").success).toBe(false);
  });
});
