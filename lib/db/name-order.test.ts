import { expect, it } from "vitest";
import { readSources } from "@/lib/testing/source-tree";

it("names are sorted by one rule everywhere: by `byName` in queries, by `compareNames` elsewhere", () => {
  const other =
    /localeCompare\(|\b(?:asc|desc)\(\s*(?:sql`lower\()?[\w.${}]*\b(?:name|baseUrl|origin)\b|order by lower\(/;
  const product = readSources(["app", "components", "lib"]).filter(({ isTest }) => !isTest);
  expect(product.filter(({ text }) => other.test(text)).map(({ path }) => path)).toEqual([]);
});
