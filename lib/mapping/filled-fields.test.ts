import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { field } from "@/lib/connectors/bitbucket-server/actions/definition";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { fieldValue } from "./field-value";
import type { FieldMapping } from "./types";

const json = field("body", "Body", "json");
const path = field("path", "Path", "path");
const list = field("reviewers", "Reviewers", "list");

const text = (text: string): FieldMapping => ({ from: "text", text });
const filled = (...given: Parameters<typeof fieldValue>) => {
  const value = fieldValue(...given);
  return value.kind === "value" ? value.value : value.kind === "refused" ? { refused: value.message } : null;
};

describe("JSON with columns in it", () => {
  test("keeps the type of a column that stands alone, and leaves out one without a value", () => {
    const template =
      '{"n":"{{n}}","all":["{{n}}","{{none}}"],"t":"No {{n}}{{none}}","gone":"{{none}}","{{n}}":null}';
    expect(filled(json, text(template), { n: 7, none: null })).toEqual({
      n: 7,
      all: [7],
      t: "No 7",
      "{{n}}": null,
    });
    expect(filled(json, text('"{{j}}"'), { j: { a: [1] } })).toEqual({ a: [1] });
    expect(filled(json, text('"{{none}}"'), {})).toBeNull();
  });

  test("cannot be changed in its shape by any value", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('","admin":true,"x":"', '"}', "{{b}}", "\\", "\n")),
        (value) => {
          const result = filled(json, text('{"a":"x{{v}}y","b":"{{v}}"}'), { v: value, b: "secret" });
          expect(Object.keys(result as object).sort()).toEqual(value === "" ? ["a"] : ["a", "b"]);
          expect((result as JsonObject).a).toBe(`x${value}y`.replaceAll("\0", "\ufffd"));
        },
      ),
    );
  });

  test("that is none is refused, with the cure for a column outside quotation marks", () => {
    expect(filled(json, text('{"n":{{n}}}'), { n: 1 })).toEqual({
      refused: expect.stringMatching(/^“Body” is not valid JSON.*Write columns in quotation marks/),
    });
    expect(filled(json, { from: "constant", value: "{oops" }, {})).toEqual({
      refused: expect.stringContaining("not valid JSON"),
    });
  });
});

describe("A path with columns in it", () => {
  const template = text("/rest/api/1.0/projects/{{k}}/repos/{{s}}/x");

  test("keeps its segments, query and fragment, whatever the values", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary" }), (value) => {
        const result = filled(path, template, { k: value, s: "s" });
        if (typeof result !== "string") return;
        const url = new URL(result, "http://portal.invalid");
        expect(url.pathname.split("/")).toHaveLength(9);
        expect([url.search, url.hash, url.host]).toEqual(["", "", "portal.invalid"]);
      }),
      { numRuns: 500 },
    );
    expect(filled(path, template, { k: "a/../b?c#d%2e\\", s: "s" })).toBe(
      "/rest/api/1.0/projects/a%2F..%2Fb%3Fc%23d%252e%5C/repos/s/x",
    );
  });

  test("is refused where a value would lead elsewhere or is missing", () => {
    for (const k of [".", ".."]) {
      expect(filled(path, template, { k, s: "s" })).toEqual({
        refused: expect.stringContaining("leads elsewhere"),
      });
    }
    expect(filled(path, text("/rest/.{{k}}/x"), { k: "." })).toEqual({
      refused: expect.stringContaining("leads elsewhere"),
    });
    expect(filled(path, template, { k: "K" })).toEqual({
      refused: "“Path” needs the column “s”, which is empty here.",
    });
    const column: FieldMapping = { from: "column", column: "k" };
    expect(filled(path, column, { k: "/rest/a b/c" })).toBe("/rest/a%20b/c");
    for (const k of ["/rest/a?b=c", "/rest/a#b"]) {
      expect(filled(path, column, { k })).toEqual({
        refused: expect.stringContaining("takes no “?” or “#”"),
      });
    }
    expect(filled(path, column, { k: "/rest/../admin" })).toEqual({
      refused: expect.stringContaining("leads elsewhere"),
    });
  });
});

describe("A list with columns in it", () => {
  test("gets no new entry from a value, unless the column is an entry of its own", () => {
    expect(filled(list, text("lead, {{one}}-x, {{more}}"), { one: "a,b", more: "c, d" })).toEqual([
      "lead",
      "a,b-x",
      "c",
      "d",
    ]);
    expect(filled(list, text('["{{l}}", "z"]'), { l: ["a,b", "c"] })).toEqual(["a,b", "c", "z"]);
    expect(filled(list, text("lead, {{none}}"), {})).toEqual(["lead"]);
  });
});

test("A text of which all columns are empty is no value, one with a value is kept whole", () => {
  const lines = field("text", "Text", "lines");
  expect(filled(lines, text("By {{a}} and {{b}}"), { a: "", b: null })).toBeNull();
  expect(filled(lines, text("By {{a}} and {{b}}"), { a: "Ana" })).toBe("By Ana and ");
  expect(filled(lines, text("fixed"), {})).toBe("fixed");
});
