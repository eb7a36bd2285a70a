import { describe, expect, test } from "vitest";
import { actionCatalogueOf, findAction } from "@/lib/connectors/action-catalogues";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { mapRecord } from "./map-record";
import type { WritingSettings } from "./types";

const catalogue = actionCatalogueOf("bitbucket-server");
const comment = findAction("bitbucket-server", "pull-request-comment");
if (!comment) throw new Error("the action of these tests is gone");

const writing: WritingSettings = {
  action: "pull-request-comment",
  mapping: {
    project: { from: "column", column: "project_key" },
    repository: { from: "column", column: "repository_slug" },
    pullRequest: { from: "column", column: "id" },
    text: { from: "text", text: "Hello {{title}}" },
  },
  matchKey: { kind: "record" },
  allows: [],
};

const record = { key: "31/7", data: { project_key: "WEB", repository_slug: "shop", id: 7, title: "Fix" } };

const action = comment;

function mapped(more: Partial<WritingSettings>, data: JsonObject = record.data, key = "31/7") {
  return mapRecord(catalogue, action, { ...writing, ...more }, { key, data });
}

describe("a record", () => {
  test("becomes the action's values, a match key, a target and a hash", () => {
    expect(mapped({})).toEqual({
      ok: true,
      values: { project: "WEB", repository: "shop", pullRequest: 7, text: "Hello Fix" },
      matchKey: "31/7",
      target: expect.stringMatching(/web.shop.7/i),
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test("has the same hash whatever the order of its columns, and another one for other values", () => {
    const turned: Record<string, Json | undefined> = {};
    for (const [name, value] of Object.entries(record.data).reverse()) turned[name] = value;
    const [one, same, other] = [
      mapped({}),
      mapped({}, turned),
      mapped({}, { ...record.data, title: "Fix it" }),
    ];
    expect(one).toEqual(same);
    expect(one.ok && other.ok && one.hash !== other.hash).toBe(true);
  });

  test("without a value for a required field is refused at that field, and keeps its match key", () => {
    expect(mapped({}, { ...record.data, title: null, id: "x" })).toEqual({
      ok: false,
      matchKey: "31/7",
      problems: [
        { field: "pullRequest", message: "“Pull request” must be a whole number, not “x”." },
        { field: "text", message: "“Text” is required, but its text is empty here." },
      ],
    });
  });
});

describe("The match key", () => {
  const keyOf = (matchKey: WritingSettings["matchKey"], data: JsonObject, matchable = true) =>
    mapRecord(catalogue, action, { ...writing, matchKey }, { key: "31/7", data, matchable });

  test("of fields tells values with slashes apart, and is empty only if all of them are", () => {
    const fields = { kind: "fields", fields: ["project", "repository"] } as const;
    const keys = [
      { project_key: "a/b", repository_slug: "c" },
      { project_key: "a", repository_slug: "b/c" },
      { project_key: "a%2Fb", repository_slug: "c" },
      { repository_slug: "c" },
    ].map((data) => keyOf(fields, data).matchKey);
    expect(new Set(keys).size).toBe(4);
    expect(keyOf(fields, {})).toMatchObject({ ok: false, matchKey: "" });
  });

  test("of a column that is empty, or of a file's row, is a problem of the record", () => {
    const whole = (message: string) => expect.arrayContaining([{ field: null, message }]);
    expect(keyOf({ kind: "column", column: "x" }, record.data)).toMatchObject({
      ok: false,
      problems: whole("The match key, the column “x”, is empty here."),
    });
    expect(keyOf({ kind: "record" }, record.data, false)).toMatchObject({
      ok: false,
      problems: whole(
        "A file’s records have no key of their own: choose a column or fields as the match key.",
      ),
    });
    expect(keyOf({ kind: "column", column: "id" }, record.data)).toMatchObject({ ok: true, matchKey: "7" });
  });

  test("is at most 500 characters long, and of long ones still differs", () => {
    const long = (end: string) => ({ ...record.data, x: "y".repeat(600) + end });
    const [one, other] = ["1", "2"].map((end) => keyOf({ kind: "column", column: "x" }, long(end)).matchKey);
    expect([one?.length, other?.length, one === other]).toEqual([500, 500, false]);
  });
});

describe("Names of columns", () => {
  test("such as constructor and __proto__ are names like any other", () => {
    const data: JsonObject = JSON.parse('{"__proto__":"p","project_key":"A","repository_slug":"b","id":1}');
    const text = { from: "text", text: "{{__proto__}}{{constructor}}{{toString}}!" } as const;
    expect(mapped({ mapping: { ...writing.mapping, text } }, data)).toMatchObject({ values: { text: "p!" } });
  });
});
