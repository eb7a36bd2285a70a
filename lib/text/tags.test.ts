import { describe, expect, it } from "vitest";
import { tagFilterSchema, tagsSchema } from "./tags";

describe("tags", () => {
  it.each([
    ["", []],
    [" , ,", []],
    ["prod,  EU  west , #nightly", ["prod", "EU west", "nightly"]],
    ["Prod, prod, PROD", ["Prod"]],
    ["a\u0308, \u00e4", ["\u00e4"]],
  ])("typed as %j are %j", (typed, tags) => {
    expect(tagsSchema.parse(typed)).toEqual(tags);
  });

  it.each([
    ["x".repeat(33), "A tag has at most 32 characters."],
    [Array.from({ length: 11 }, (_, n) => `t${n}`).join(), "A credential has at most 10 tags."],
    ["a\u202eb", "A tag cannot contain invisible characters."],
    [`BBDC-${"aB3x".repeat(11)}`, "API key"],
  ])("typed as %j are refused", (typed, message) => {
    expect(tagsSchema.safeParse(typed).error?.issues[0]?.message).toContain(message);
  });

  it("in an address are one, or none", () => {
    expect(tagFilterSchema.parse("#Prod")).toBe("Prod");
    for (const nonsense of [undefined, "", ",", "x".repeat(33)])
      expect(tagFilterSchema.parse(nonsense)).toBeNull();
  });
});
