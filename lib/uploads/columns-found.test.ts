import { describe, expect, test } from "vitest";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { ColumnsFound, typedRow } from "./columns-found";
import type { UploadFormat } from "./types";

function typesOf(format: UploadFormat, rows: readonly JsonObject[]) {
  const found = new ColumnsFound(format);
  for (const row of rows) found.add(row);
  return Object.fromEntries(found.columns.map(({ name, type }) => [name, type]));
}

describe("The type of a column", () => {
  test.each([
    [["1", "-20", "0"], "int"],
    [["1", "007"], "text"],
    [["9007199254740993"], "text"],
    [["true", "FALSE"], "bool"],
    [["true", "1"], "text"],
    [["2026-11-29T08:30:00Z", "2026-11-29 09:30:00+01:00"], "timestamp"],
    [["2026-02-30T08:30:00Z"], "text"],
    [["2026-11-29T08:30:00"], "text"],
    [['{"a":1}', "[1]"], "json"],
    [['{"a":1}', "{oops"], "text"],
    [['{"a":9007199254740993}'], "text"],
    [["1.5"], "text"],
  ])("of the cells %j is %s", (cells, type) => {
    expect(
      typesOf(
        "csv",
        cells.map((x) => ({ x })),
      ),
    ).toEqual({ x: type });
  });

  test.each([
    [[1, null, 2], "int"],
    [[1, "2"], "text"],
    [["1"], "text"],
    [[1.5], "text"],
    [[true], "bool"],
    [["2026-11-29T08:30:00Z"], "timestamp"],
    [[["a"], []], "text[]"],
    [[["a"], { b: 1 }], "json"],
    [[{ b: 1 }, 7], "text"],
    [[null], "text"],
  ])("of the JSON values %j is %s", (values, type) => {
    expect(
      typesOf(
        "ndjson",
        values.map((x) => ({ x })),
      ),
    ).toEqual({ x: type });
  });

  test("is found over all records, in the order in which columns appear", () => {
    const found = new ColumnsFound("csv");
    found.addHeader(["b", "a"]);
    found.add({ a: "1" });
    expect(found.columns).toEqual([
      { name: "b", type: "text" },
      { name: "a", type: "int" },
    ]);
  });
});

test("A row has its values in the types of the whole file", () => {
  const columns = [
    { name: "n", type: "int" },
    { name: "b", type: "bool" },
    { name: "at", type: "timestamp" },
    { name: "j", type: "json" },
    { name: "t", type: "text" },
    { name: "none", type: "text" },
  ] as const;
  const row = { n: "-7", b: "TRUE", at: "2026-11-29T09:30:00+01:00", j: '{"a":[1]}', t: "007" };
  expect(typedRow(row, columns, "csv")).toEqual({
    n: -7,
    b: true,
    at: "2026-11-29T08:30:00.000Z",
    j: { a: [1] },
    t: "007",
  });
});

test("Texts that a spreadsheet would take for formulas are counted, numbers with a sign are not", () => {
  const found = new ColumnsFound("csv");
  for (const x of ["=1+1", "@x", " +cmd", "-5", "+1,5 ", "-5%", "- item", "a=b", "＝1"]) found.add({ x });
  expect(found.formulas).toBe(5);
});
