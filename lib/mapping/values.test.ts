import { describe, expect, test } from "vitest";
import type { FieldType } from "@/lib/connectors/action";
import { field } from "@/lib/connectors/bitbucket-server/actions/definition";
import type { Json } from "@/lib/connectors/stream-reader";
import { convert } from "./values";

function converted(type: FieldType, given: Json, more: Parameters<typeof field>[3] = {}) {
  const result = convert(field("name", "Name", type, more), given);
  if (result.kind === "value") return result.value;
  return result.kind === "none" ? null : { refused: result.message };
}

const refused = (message: string) => ({ refused: message });

describe("A value", () => {
  test.each<[FieldType, Json, unknown]>([
    ["text", " a b ", "a b"],
    ["text", 1e21, "1000000000000000000000"],
    ["text", -0, "0"],
    ["text", 1.5, "1.5"],
    ["text", false, "false"],
    ["text", "a\r\nb", refused("“Name” must be one line, but has 2 lines.")],
    ["text", "   ", null],
    ["text", "a\0b\ud800", "a\ufffdb\ufffd"],
    ["lines", " a\nb ", " a\nb "],
    ["lines", { a: [1] }, '{"a":[1]}'],
    ["lines", ["a", "b"], "a, b"],
    ["lines", "\n \t", null],
    ["int", "12", 12],
    ["int", " +7 ", 7],
    ["int", "-0", 0],
    ["int", 3.5, refused("“Name” must be a whole number, not “3.5”.")],
    ["int", 1e21, refused("“Name” must be a whole number, not “1000000000000000000000”.")],
    ["int", "9007199254740993", refused("“Name” must be a whole number, not “9007199254740993”.")],
    ["int", "0x10", refused("“Name” must be a whole number, not “0x10”.")],
    ["int", "1e3", refused("“Name” must be a whole number, not “1e3”.")],
    ["int", " ", null],
    ["int", true, refused("“Name” must be a whole number, not “true”.")],
    ["bool", "YES", true],
    ["bool", 0, false],
    ["bool", "2", refused("“Name” must be true or false, not “2”.")],
    ["timestamp", "2026-11-29T08:30:00Z", 1795941000000],
    ["timestamp", "2026-11-29T09:30:00.1234+01:00", 1795941000123],
    ["timestamp", "2026-11-29", 1795910400000],
    ["timestamp", 1795941000000, 1795941000000],
    ["timestamp", "1795941000000", 1795941000000],
    [
      "timestamp",
      "2026-02-30",
      refused("“Name” must be a time such as 2026-11-29T08:30:00Z, not “2026-02-30”."),
    ],
    ["timestamp", "soon", refused("“Name” must be a time such as 2026-11-29T08:30:00Z, not “soon”.")],
    ["list", "a, b,,a", ["a", "b"]],
    ["list", '["a,b", 1, null]', ["a,b", "1"]],
    ["list", ["x", "x "], ["x"]],
    ["list", 7, ["7"]],
    ["list", [{ a: 1 }], refused("“Name” must be a list of texts.")],
    ["list", "[broken", ["[broken"]],
    ["list", [], null],
    ["json", '{"a":1}', { a: 1 }],
    ["json", "plain", "plain"],
    ["json", "5", "5"],
    ["json", 5, 5],
    ["json", { a: "x\ud800" }, { a: "x\ufffd" }],
  ])("of a %s field: %j becomes %j", (type, given, wanted) => {
    expect(converted(type, given)).toEqual(wanted);
  });

  test("that is nested to exhaust the stack is refused", () => {
    const deep = "[".repeat(200_000) + "]".repeat(200_000);
    expect(converted("json", deep)).toEqual(refused("“Name” is nested deeper than 100 levels."));
  });

  test("of a choice is found without case, blanks and underscores", () => {
    const more = { choices: ["SUCCESSFUL", "IN_PROGRESS"] };
    expect(
      ["successful", "in progress", "In-Progress", "IN_PROGRESS"].map((x) => converted("choice", x, more)),
    ).toEqual(["SUCCESSFUL", "IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS"]);
    expect(converted("choice", "done", more)).toEqual(
      refused("“Name” must be one of SUCCESSFUL, IN_PROGRESS, not “done”."),
    );
  });

  test("beyond a limit is refused with the limit and the length", () => {
    expect(converted("lines", "x".repeat(40_120), { longest: 32_000 })).toEqual(
      refused("“Name” is longer than 32,000 characters: 40,120."),
    );
    expect(converted("text", "ab", { shortest: 3 })).toEqual(
      refused("“Name” is shorter than 3 characters: 2."),
    );
    expect(converted("int", 0, { least: 1 })).toEqual(refused("“Name” must be at least 1, not 0."));
    expect(converted("int", 2000, { most: 1000 })).toEqual(
      refused("“Name” must be at most 1,000, not 2000."),
    );
    const pattern = { source: "a|b", words: "Only a or b." };
    expect([converted("text", "ab", { pattern }), converted("text", "b", { pattern })]).toEqual([
      refused("Only a or b."),
      "b",
    ]);
    expect(converted("list", ["a", "c"], { pattern })).toEqual(refused("Only a or b."));
  });

  test("is shortened by a hash of the whole where the field says so, never within a character", () => {
    const more = { longest: 50, isShortened: true };
    const one = converted("text", `${"x".repeat(60)}1`, more);
    const other = converted("text", `${"x".repeat(60)}2`, more);
    expect(one).toMatch(/^x{37}-[0-9a-f]{12}$/);
    expect(one).not.toBe(other);
    expect(converted("text", "y".repeat(50), more)).toBe("y".repeat(50));
    expect(JSON.stringify(converted("text", `${"x".repeat(36)}${"😀".repeat(20)}`, more))).not.toMatch(
      /\\ud8/,
    );
  });
});
