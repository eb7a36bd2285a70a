import { expect, test } from "vitest";
import { filterQueryOf } from "./filter-query";

test("a filter's query has its fields in their order, trimmed, without the empty ones", () => {
  expect(filterQueryOf([])).toBe("");
  expect(
    filterQueryOf([
      ["q", "  "],
      ["status", ""],
      ["whose", null],
    ]),
  ).toBe("");
  expect(
    filterQueryOf([
      ["q", " a & b "],
      ["status", "rejected"],
    ]),
  ).toBe("q=a+%26+b&status=rejected");
});
