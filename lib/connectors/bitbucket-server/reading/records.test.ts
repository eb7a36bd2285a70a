import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import { anyCharacter } from "@/lib/testing/any-text";
import { definitionOf, streams } from "../streams/all";
import { keyOfWhole, keyText, longestKey } from "./record-key";
import { mapItems } from "./records";
import { asType, cleanJson, storable } from "./values";

const place = { projectKey: "SHOP", repositoryId: 31, slug: "storefront", parent: 4 };
const map = (stream: string, ...items: JsonObject[]) => mapItems(definitionOf(stream), items, place, "31");
const only = (stream: string, item: JsonObject) => map(stream, item).records[0];
const jane = { id: 7, name: "jane", slug: "jane", displayName: "Jane", active: true, type: "NORMAL" };

test("a pull request has its columns; what is not known goes to extra, as it was nested", () => {
  const record = only("pull-requests", {
    ...{
      id: 4,
      version: 2,
      title: "Add\u0000 it",
      state: "QUEUED",
      open: true,
      createdDate: 1_530_766_870_000,
    },
    updatedDate: "2018-07-05T05:01:10+0000",
    author: { user: { ...jane, links: { self: [{ href: "http://x" }] }, pronoun: "she" }, role: "AUTHOR" },
    fromRef: {
      id: "refs/heads/x",
      latestCommit: "abc",
      repository: { id: 31, slug: "s", project: { key: "SHOP" } },
    },
    reviewers: [{ user: jane, status: "APPROVED", approved: true }],
    properties: { commentCount: 3, mergeResult: { outcome: "CLEAN" } },
    links: { self: [{ href: "http://b/pull-requests/4" }] },
    futureField: [1, { two: 3 }],
  });
  expect(record).toEqual({
    ...{ key: "31/4", group: "31", parent: "31" },
    data: {
      ...{ project_key: "SHOP", repository_id: 31, repository_slug: "storefront" },
      ...{ id: 4, version: 2, title: "Add\ufffd it", state: "QUEUED", open: true },
      ...{ created_at: "2018-07-05T05:01:10.000Z", updated_at: "2018-07-05T05:01:10.000Z" },
      ...{ author_id: 7, author_name: "jane", author_slug: "jane", author_display_name: "Jane" },
      ...{ author_active: true, author_type: "NORMAL", from_ref: "refs/heads/x", from_commit: "abc" },
      ...{ from_repository_id: 31, from_project_key: "SHOP", from_repository_slug: "s" },
      reviewers: [{ id: 7, name: "jane", status: "APPROVED", approved: true }],
      ...{ participants: [], reviewer_count: 1, approved_count: 1, needs_work_count: 0, comment_count: 3 },
      url: "http://b/pull-requests/4",
      extra: { properties: { mergeResult: { outcome: "CLEAN" } }, futureField: [1, { two: 3 }] },
    },
  });
});

test("a value of a wrong type leaves its column empty and stays in extra", () => {
  const record = only("branches", {
    id: "refs/heads/main",
    isDefault: "yes",
    latestCommit: { odd: 1 },
    displayId: 12,
  });
  expect(record?.data).toMatchObject({
    display_id: "12",
    extra: { isDefault: "yes", latestCommit: { odd: 1 } },
  });
  expect(record?.data).not.toHaveProperty("is_default");
});

test("a record without its key is counted, and of equal keys the later one is kept", () => {
  const { records, unusable } = map(
    "branches",
    { displayId: "x" },
    { id: "b", type: "A" },
    { id: "b", type: "B" },
  );
  expect([records.map(({ key, data }) => [key, data.type]), unusable]).toEqual([[["31/b", "B"]], 1]);
});

test("comments are the whole tree, old tasks too; a reply shown by itself does not replace its place in the thread", () => {
  const reply = { id: 3, text: "no", author: jane, comments: [{ id: 5, text: "yes", author: jane }] };
  const task = { id: 9, text: "do it", author: jane, state: "OPEN" };
  const { records } = map(
    "pull-request-comments",
    { id: 100, action: "COMMENTED", commentAction: "REPLIED", comment: { id: 5, text: "yes", author: jane } },
    {
      ...{
        id: 101,
        action: "COMMENTED",
        commentAction: "ADDED",
        commentAnchor: { path: "a/b.ts", line: 8, lineType: "ADDED" },
      },
      comment: { id: 2, text: "why", author: jane, comments: [reply], tasks: [task] },
    },
    { id: 102, action: "COMMENTED", commentAction: "DELETED", comment: { id: 77, text: "gone" } },
    { id: 103, action: "APPROVED", user: jane },
  );
  expect(
    records.map(({ data }) => [
      data.id,
      data.parent_id,
      data.root_id,
      data.depth,
      data.severity,
      data.anchor_path,
    ]),
  ).toEqual([
    [5, 3, 2, 2, undefined, "a/b.ts"],
    [2, undefined, 2, 0, undefined, "a/b.ts"],
    [3, 2, 2, 1, undefined, "a/b.ts"],
    [-9, 2, 2, 1, "BLOCKER", "a/b.ts"],
  ]);
  expect(records.every(({ parent }) => parent === "31/4")).toBe(true);
});

test("a reply's place in the thread is kept, whichever comes first", () => {
  const shown = { action: "COMMENTED", commentAction: "REPLIED", comment: { id: 5, text: "yes" } };
  const thread = { action: "COMMENTED", comment: { id: 2, text: "why", comments: [{ id: 5, text: "yes" }] } };
  for (const order of [
    [shown, thread],
    [thread, shown],
  ]) {
    const reply = map("pull-request-comments", ...order).records.find(({ data }) => data.id === 5);
    expect(reply?.data).toMatchObject({ parent_id: 2, root_id: 2, depth: 1 });
  }
});

test("paths of changed files come from their text or their parts", () => {
  const paths = map(
    "pull-request-changes",
    JSON.parse('{"path": {"components": ["a", "b"], "toString": "a/b"}, "type": "MODIFY"}'),
    { path: { components: ["c", "d.ts"] }, type: "ADD", srcPath: { components: ["e"] } },
  ).records.map(({ key, data }) => [key, data.path, data.src_path]);
  expect(paths).toEqual([
    ["31/4/a/b", "a/b", undefined],
    ["31/4/c/d.ts", "c/d.ts", "e"],
  ]);
});

test("secrets of webhooks are dropped, wherever they stand", () => {
  const record = only("webhooks", {
    ...{ id: 1, url: "http://x", configuration: { secret: "s3cret", createdBy: "x" } },
    ...{ credentials: { username: "u", password: "s3cret" }, deep: [{ password: "s3cret", kept: 1 }] },
  });
  expect(JSON.stringify(record)).not.toContain("s3cret");
  expect(record?.data.extra).toEqual({ configuration: { createdBy: "x" }, deep: [{ kept: 1 }] });
});

test("whatever the server sends, mapping does not throw, and what it keeps can be stored", () => {
  const unit = fc.oneof({ weight: 9, arbitrary: anyCharacter }, fc.constantFrom("\0", "\ud83d", "\ude00"));
  const anyText = fc.string({ unit, maxLength: 12 });
  const json = fc.jsonValue({ maxDepth: 4, stringUnit: unit });
  const names = [
    "id",
    "key",
    "path",
    "comment",
    "comments",
    "author",
    "user",
    "links",
    "parents",
    "createdDate",
  ];
  const item = fc.dictionary(fc.oneof(fc.constantFrom(...names), anyText), json, { maxKeys: 8 });
  fc.assert(
    fc.property(fc.constantFrom(...streams), item, (definition, given) => {
      const copy: JsonObject = JSON.parse(JSON.stringify(given));
      const { records } = mapItems(definition, [copy], place, "31");
      const known = new Set(definition.columns.map(({ name }) => name));
      for (const { key, data } of records) {
        expect(key.length).toBeLessThanOrEqual(longestKey);
        const text = JSON.stringify([key, data]);
        expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/);
        expect(Object.keys(data).every((name) => known.has(name))).toBe(true);
        const order = Object.keys(data).map((name) =>
          definition.columns.findIndex((one) => one.name === name),
        );
        expect(order).toEqual(order.toSorted((one, other) => one - other));
      }
    }),
    { numRuns: 400 },
  );
});

test("two keys are equal only if their parts are", () => {
  const part = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom("a/b", "%2F", "/", "%", ""));
  const parts = fc.tuple(part, part, part);
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      expect(keyText(one) === keyText(other)).toBe(
        storable(JSON.stringify(one)) === storable(JSON.stringify(other)),
      );
    }),
    { numRuns: 1000 },
  );
});

test("a long key ends in a digest of the whole", () => {
  const [one, other] = [keyText([31, `${"x".repeat(600)}a`]), keyText([31, `${"x".repeat(600)}b`])];
  expect([one.length, other.length, one === other]).toEqual([longestKey, longestKey, false]);
});

test("records without a key are equal whatever the order of their fields", () => {
  expect(keyOfWhole({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(keyOfWhole({ b: [{ d: 3, c: 2 }], a: 1 }));
  expect(keyOfWhole({ a: 1 })).not.toBe(keyOfWhole({ a: "1" }));
});

test("dates of both forms become ISO 8601 in UTC; anything else is none", () => {
  const given: [unknown, Json | undefined][] = [
    [1_492_526_977_926, "2017-04-18T14:49:37.926Z"],
    ["1492526977926", "2017-04-18T14:49:37.926Z"],
    ["2018-07-05T05:01:10Z", "2018-07-05T05:01:10.000Z"],
    ["2018-07-05T07:01:10.5+02:00", "2018-07-05T05:01:10.500Z"],
    ["2018-07-05T07:01:10+0200", "2018-07-05T05:01:10.000Z"],
    ["yesterday", undefined],
    [9e15, undefined],
    [Number.NaN, undefined],
    ["12", undefined],
    [true, undefined],
  ];
  for (const [value, expected] of given) expect(asType(value, "timestamp")).toBe(expected);
});

test("whole numbers beyond 2^53 stay texts of digits", () => {
  expect(["9007199254740993", "12", 12, 1.5, "x"].map((value) => asType(value, "int"))).toEqual([
    ...["9007199254740993", 12, 12, undefined, undefined],
  ]);
});

test("deep nesting ends, and a field called __proto__ sets no prototype", () => {
  let deep: unknown = 1;
  for (let level = 0; level < 10_000; level += 1) deep = [deep];
  expect(JSON.stringify(cleanJson(deep))).toContain("null");
  expect(cleanJson(JSON.parse('{"__proto__": {"a": 1}, "b": 2}'))).toEqual({ b: 2 });
});
