import { describe, expect, test } from "vitest";
import { actionCatalogueOf, findAction } from "@/lib/connectors/action-catalogues";
import type { Column } from "@/lib/connectors/streams";
import { keylessFile } from "./map-record";
import { problemsOfWriting } from "./problems";
import type { FieldMapping, WritingSettings } from "./types";

const catalogue = actionCatalogueOf("bitbucket-server");

const columns: readonly Column[] = [
  { name: "repo", type: "text" },
  { name: "pr", type: "int" },
  { name: "seen", type: "timestamp" },
  { name: "parts", type: "json" },
];

const whole: Readonly<Record<string, FieldMapping>> = {
  project: { from: "constant", value: "SHOP" },
  repository: { from: "column", column: "repo" },
  pullRequest: { from: "column", column: "pr" },
  text: { from: "text", text: "Seen {{seen}}" },
};

function problemsOf(more: Partial<WritingSettings>, hasRecordKeys?: boolean) {
  const writing: WritingSettings = {
    ...{ action: "pull-request-comment", mapping: whole, matchKey: { kind: "record" }, allows: [] },
    ...more,
  };
  const action = findAction("bitbucket-server", writing.action);
  if (!action) throw new Error("the action of these tests is gone");
  return problemsOfWriting(catalogue, action, columns, writing, hasRecordKeys);
}

const withField = (name: string, mapping: FieldMapping) => ({ mapping: { ...whole, [name]: mapping } });

test("A mapping that fits has no problems", () => {
  expect(problemsOf({})).toEqual([]);
});

describe("A field of a mapping", () => {
  test("that is required is named if it is not mapped, or if what it is mapped to is empty", () => {
    const { text: _, ...others } = whole;
    expect(problemsOf({ mapping: others })).toEqual([
      { field: "text", message: "“Text” is required: choose a column, a constant or a text." },
    ]);
    expect(problemsOf(withField("text", { from: "constant", value: "  " }))).toEqual([
      { field: "text", message: "“Text” is required: its constant is empty." },
    ]);
    expect(problemsOf(withField("text", { from: "text", text: "" }))).toEqual([
      { field: "text", message: "“Text” is required: its text is empty." },
    ]);
  });

  test("takes only columns that exist, by their exact names", () => {
    for (const column of ["Repo", "repo ", "constructor", "__proto__", "toString"]) {
      expect(problemsOf(withField("repository", { from: "column", column }))).toEqual([
        { field: "repository", message: `There is no column “${column}”: choose another one.` },
      ]);
    }
    expect(problemsOf(withField("text", { from: "text", text: "By {{__proto__}}" }))).toEqual([
      { field: "text", message: "There is no column “__proto__”: choose another one." },
    ]);
    expect(problemsOf(withField("repository", { from: "column", column: "" }))).toEqual([
      { field: "repository", message: "“Repository” needs a column: choose one." },
    ]);
  });

  test("takes no column of a type that it cannot hold", () => {
    expect(problemsOf(withField("pullRequest", { from: "column", column: "seen" }))).toEqual([
      {
        field: "pullRequest",
        message: "The column “seen” holds times, which “Pull request” cannot take.",
      },
    ]);
  });

  test("is checked with the words of a run if it is a constant", () => {
    expect(problemsOf(withField("pullRequest", { from: "constant", value: "seven" }))).toEqual([
      { field: "pullRequest", message: "“Pull request” must be a whole number, not “seven”." },
    ]);
  });
});

describe("The match key of a mapping", () => {
  test("of a file cannot be the record's own", () => {
    expect(problemsOf({}, false)).toEqual([{ field: null, message: keylessFile }]);
  });

  test("needs a column that exists, or a field that is mapped", () => {
    expect(problemsOf({ matchKey: { kind: "column", column: "id" } })).toEqual([
      { field: null, message: "There is no column “id” for the match key: choose another one." },
    ]);
    expect(problemsOf({ matchKey: { kind: "column", column: "pr" } })).toEqual([]);
    for (const fields of [[], ["parent"], ["constructor"], ["nothing"]]) {
      expect(problemsOf({ matchKey: { kind: "fields", fields } })).toEqual([
        { field: null, message: "The match key needs at least one field that is mapped." },
      ]);
    }
  });
});
