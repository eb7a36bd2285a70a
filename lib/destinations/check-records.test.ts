import { describe, expect, it } from "vitest";
import { findAction } from "@/lib/connectors/action-catalogues";
import type { WritingChoice } from "@/lib/endpoints/writing-address";
import { aComment } from "@/lib/testing/comment-destination";
import { checkRecords, mostChecked } from "./check-records";
import { effectiveChoice, madeFor } from "./effective-choice";
import { keyOptions } from "./key-options";
import { suggestDestinationName } from "./suggest-name";
import { mapperOf } from "./would-be-calls";

const action = findAction("bitbucket-server", "pull-request-comment");
if (!action) throw new Error("the action is gone");
const server = { serverVersion: "9.4.3", account: null };
const text = { from: "column", column: "text" } as const;
const mapper = mapperOf(
  "bitbucket-server",
  action,
  { ...aComment, mapping: { ...aComment.mapping, text }, matchKey: { kind: "column", column: "id" } },
  server,
);

const records = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ place: index + 1, key: String(index + 1) },
    data: { id: index === 3 ? 1 : index + 1, text: index % 10 === 9 ? "" : `Text ${index + 1}` },
  }));
const readOf = (all: ReturnType<typeof records>) => async (after: number, limit: number) =>
  all.slice(after, after + limit);

describe("the records of a dry run in the wizard", () => {
  it("are counted, the invalid ones with their reasons, the first requests in full", async () => {
    const checked = await checkRecords(mapper, readOf(records(20)));
    expect(checked).toMatchObject({ checked: 20, valid: 18, invalid: 2, repeated: 1, hasMore: false });
    expect(checked.examples[0]).toMatchObject({ number: 10, key: "10", problems: [{ field: "text" }] });
    expect(checked.requests).toHaveLength(3);
    expect(checked.requests[0]?.calls[0]).toMatchObject({ method: "POST" });
  });

  it("are 10,000 at most, and it is said that there are more", async () => {
    const checked = await checkRecords(mapper, readOf(records(mostChecked + 1)));
    expect(checked).toMatchObject({ checked: mostChecked, hasMore: true });
    expect(checked.examples).toHaveLength(50);
  });
});

describe("the mapping that the step shows", () => {
  const columns = [
    { name: "project_key", type: "text" },
    { name: "message", type: "text" },
  ] as const;
  const typed = (changes: Partial<WritingChoice> = {}): WritingChoice => ({
    ...{ action: action.id, inputKind: "source", input: { kind: "source", id: "12345678-rest" } },
    ...{ mapping: {}, matchKey: "", allows: [], ...changes },
  });

  it("is suggested by the columns, unless the address says otherwise", () => {
    const { mapping } = effectiveChoice(action, typed({ mapping: { text: null } }), columns, null);
    expect(mapping.project).toEqual({ from: "column", column: "project_key" });
    expect(mapping.repository).toEqual({ from: "column", column: "" });
    expect(mapping.text).toBeNull();
    expect(mapping.line).toBeNull();
  });

  it("that was made for another data set keeps what fits, and suggests the rest anew", () => {
    const mapping = {
      project: { from: "column", column: "gone" },
      repository: { from: "constant", value: "storefront" },
    } as const;
    const other = effectiveChoice(action, typed({ mapping }), columns, "another.one");
    expect(other.mapping.project).toEqual({ from: "column", column: "project_key" });
    expect(other.mapping.repository).toEqual(mapping.repository);
    const same = effectiveChoice(action, typed({ mapping }), columns, madeFor(typed()));
    expect(same.mapping.project).toEqual(mapping.project);
  });

  it("gives the match keys: what the action suggests first, and no record's key for a file", () => {
    const ofSource = effectiveChoice(action, typed(), columns, null);
    expect(keyOptions(action, ofSource, columns)[0]).toEqual({
      value: "record",
      label: "The record’s own key",
    });
    const values = keyOptions(action, { ...ofSource, inputKind: "upload" }, columns).map(
      ({ value }) => value,
    );
    expect(values).toEqual(["fields", "column.project_key", "column.message"]);
  });
});

it.each([
  ["Pull request comment", "Pull request comments from Findings"],
  ["Build status", "Build statuses from Findings"],
  ["Merge a pull request", "Merge pull requests from Findings"],
  ["Branch", "Branches from Findings"],
  ["Repository", "Repositories from Findings"],
  ["Code Insights annotations", "Code Insights annotations from Findings"],
])("a destination of “%s” is called “%s”", (label, name) => {
  expect(suggestDestinationName({ label }, "Findings", "Bitbucket Server")).toBe(name);
});

it.each([
  ["Tags", "Tags to Bitbucket Server"],
  ["tags of Web Shop", "tags of Web Shop to Bitbucket Server"],
  ["Tagsoup", "Tags from Tagsoup"],
])("a destination that writes tags from “%s” is called “%s”, and nothing twice", (input, name) => {
  expect(suggestDestinationName({ label: "Tag" }, input, "Bitbucket Server")).toBe(name);
});
