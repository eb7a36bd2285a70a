import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { datasets, endpoints, records, runSeen } from "@/drizzle/schema";
import type { StreamRecord } from "@/lib/connectors/stream-reader";
import type { Db } from "@/lib/db/types";
import { withRollback } from "@/lib/testing/database";
import { aSharedThing } from "@/lib/testing/sharing";
import { deleteChildren, deleteGroups, deleteUnmet, storePage } from "./store";

const record = (key: string, data: StreamRecord["data"] = {}, more: Partial<StreamRecord> = {}) => ({
  key,
  group: null,
  parent: null,
  ...more,
  data: { id: key, ...data },
});

async function aDataset(db: Db) {
  const { thing } = await aSharedThing(db, "endpoint");
  const at = { endpointId: thing.id, runId: randomUUID(), passId: randomUUID() };
  return {
    at,
    store: (...page: StreamRecord[]) =>
      db.transaction((tx) => storePage(tx, { ...at, records: page, trackSeen: true })),
    counts: async () => {
      const [row] = await db.select().from(datasets).where(eq(datasets.endpointId, at.endpointId));
      return row && [row.newest, row.records, row.deleted];
    },
    rows: () =>
      db.select().from(records).where(eq(records.endpointId, at.endpointId)).orderBy(asc(records.seq)),
  };
}

describe("a page of records", () => {
  it("is stored whole, in its order, with the next change numbers and the data set's counts", () =>
    withRollback(async (db) => {
      const { store, counts, rows, at } = await aDataset(db);
      expect(await store()).toEqual({ added: 0, changed: 0, unchanged: 0 });
      expect(await store(record("b"), record("a"))).toEqual({ added: 2, changed: 0, unchanged: 0 });
      expect(await store(record("c", {}, { group: "31", parent: "31/4" }))).toMatchObject({ added: 1 });
      expect((await rows()).map(({ key, seq }) => [key, seq])).toEqual([
        ["b", 1],
        ["a", 2],
        ["c", 3],
      ]);
      expect((await rows())[2]).toMatchObject({
        groupId: "31",
        parent: "31/4",
        runId: at.runId,
        deletedAt: null,
      });
      expect(await counts()).toEqual([3, 3, 0]);
    }));

  it("goes when its source is deleted, and is not stored for a source that is gone", () =>
    withRollback(async (db) => {
      const { store, rows, at } = await aDataset(db);
      const other = await aDataset(db);
      await store(record("a"), record("b"));
      await other.store(record("a"));
      await db.delete(endpoints).where(eq(endpoints.id, at.endpointId));
      expect(await rows()).toEqual([]);
      expect(await other.rows()).toHaveLength(1);
      await expect(store(record("c"))).rejects.toThrow();
      expect(await rows()).toEqual([]);
    }));

  it("leaves records that did not change as they are, whatever the order of their names", () =>
    withRollback(async (db) => {
      const { store, counts, rows } = await aDataset(db);
      await store(record("a", { extra: { one: 1, two: [{ x: 1, y: 2 }] } }), record("b", { n: 1 }));
      const before = await rows();
      expect(
        await store(record("a", { extra: { two: [{ y: 2, x: 1 }], one: 1 } }), record("b", { n: 1 })),
      ).toEqual({
        added: 0,
        changed: 0,
        unchanged: 2,
      });
      expect(await rows()).toEqual(before);
      expect(await counts()).toEqual([2, 2, 0]);
    }));

  it("gives changed records alone new numbers, in the order of the page", () =>
    withRollback(async (db) => {
      const { store, counts, rows } = await aDataset(db);
      await store(record("a"), record("b"), record("c"));
      expect(await store(record("a", { n: 1 }), record("b"), record("c", { n: 1 }), record("d"))).toEqual({
        added: 1,
        changed: 2,
        unchanged: 1,
      });
      expect((await rows()).map(({ key, seq }) => `${key}${seq}`)).toEqual(["b2", "a4", "c6", "d7"]);
      expect(await counts(), "the newest number is the last one used").toEqual([7, 4, 0]);
    }));

  it("keeps the last of equal keys", () =>
    withRollback(async (db) => {
      const { store, rows } = await aDataset(db);
      expect(await store(record("a", { n: 1 }), record("b"), record("a", { n: 2 }))).toMatchObject({
        added: 2,
      });
      expect((await rows()).map(({ key, data }) => [key, data.n])).toEqual([
        ["b", undefined],
        ["a", 2],
      ]);
    }));

  it("is stored in spite of texts that the database refuses", () =>
    withRollback(async (db) => {
      const { store, rows } = await aDataset(db);
      const hostile = JSON.parse(
        '{"nul":"a\\u0000b","half":"\\ud83d!","pair":"\\ud83d\\ude00","__proto__":{"x":1},"na\\u0000me":1,"text":"\\\\u0000"}',
      );
      await store(record("k\0", hostile));
      const [row] = await rows();
      expect(row?.key).toBe("k\uFFFD");
      expect(JSON.stringify(row?.data)).toContain('"__proto__":{"x":1}');
      expect(row?.data).toMatchObject({
        nul: "a\uFFFDb",
        half: "\uFFFD!",
        pair: "😀",
        "na\uFFFDme": 1,
        text: "\\u0000",
      });
    }));

  it("brings deleted records back, and counts them as added", () =>
    withRollback(async (db) => {
      const { at, store, counts, rows } = await aDataset(db);
      await store(record("a", {}, { group: "1" }), record("b", {}, { group: "2" }));
      await db.transaction((tx) => deleteGroups(tx, at, ["1"]));
      expect(await counts()).toEqual([3, 1, 1]);
      expect(await store(record("a", {}, { group: "1" }))).toEqual({ added: 1, changed: 0, unchanged: 0 });
      expect(await counts()).toEqual([4, 2, 0]);
      expect((await rows()).map(({ deletedAt }) => deletedAt)).toEqual([null, null]);
    }));

  it("stays within its own source", () =>
    withRollback(async (db) => {
      const [one, other] = [await aDataset(db), await aDataset(db)];
      await one.store(record("a"));
      await other.store(record("a", { n: 1 }));
      await db.transaction((tx) => deleteUnmet(tx, { ...one.at, passId: randomUUID() }, [null]));
      expect(await one.counts()).toEqual([2, 0, 1]);
      expect(await other.counts()).toEqual([1, 1, 0]);
      expect((await other.rows()).map(({ data }) => data)).toEqual([{ id: "a", n: 1 }]);
    }));
});

describe("deleted records", () => {
  it("are those of the complete groups that the pass has not met, and keep their data", () =>
    withRollback(async (db) => {
      const { at, store, counts, rows } = await aDataset(db);
      const of = (group: string | null) => ({ group });
      await store(
        record("1/a", {}, of("1")),
        record("1/b", {}, of("1")),
        record("2/a", {}, of("2")),
        record("c"),
      );
      const next = { ...at, passId: randomUUID() };
      await db.transaction((tx) =>
        storePage(tx, { ...next, records: [record("1/a", {}, of("1"))], trackSeen: true }),
      );
      expect(await db.transaction((tx) => deleteUnmet(tx, next, ["1"]))).toBe(1);
      expect(await db.transaction((tx) => deleteUnmet(tx, next, ["1"]))).toBe(0);
      expect(await db.transaction((tx) => deleteUnmet(tx, next, []))).toBe(0);
      expect(await counts()).toEqual([5, 3, 1]);
      expect((await rows()).filter(({ deletedAt }) => deletedAt).map(({ key, seq }) => [key, seq])).toEqual([
        ["1/b", 5],
      ]);
      expect(await db.transaction((tx) => deleteUnmet(tx, next, ["2", null]))).toBe(2);
      expect(await counts()).toEqual([7, 1, 3]);
      expect((await rows()).at(-1)?.data).toMatchObject({ id: expect.any(String) });
    }));

  it("are the children of a parent that has been read whole and does not have them any more", () =>
    withRollback(async (db) => {
      const { at, store, counts, rows } = await aDataset(db);
      const of = (parent: string) => ({ group: "1", parent });
      await store(record("1", {}, of("1/4")), record("2", {}, of("1/4")), record("3", {}, of("1/5")));
      const completes = [{ parent: "1/4", keys: ["2"] }];
      expect(await db.transaction((tx) => deleteChildren(tx, at, completes))).toBe(1);
      expect((await rows()).filter(({ deletedAt }) => deletedAt).map(({ key }) => key)).toEqual(["1"]);
      expect(await db.transaction((tx) => deleteChildren(tx, at, [{ parent: "1/5", keys: [] }]))).toBe(1);
      expect(await db.transaction((tx) => deleteChildren(tx, at, undefined))).toBe(0);
      expect(await counts()).toEqual([5, 1, 2]);
    }));

  it("are all of a group that is gone, however many", () =>
    withRollback(async (db) => {
      const { at, store, counts, rows } = await aDataset(db);
      const many = Array.from({ length: 12_000 }, (_, index) => record(`1/${index}`, {}, { group: "1" }));
      await store(...many, record("2/1", {}, { group: "2" }));
      expect(await db.transaction((tx) => deleteGroups(tx, at, ["1"]))).toBe(12_000);
      expect(await counts()).toEqual([24_001, 1, 12_000]);
      const numbers = (await rows()).map(({ seq }) => seq);
      expect(numbers).toEqual(Array.from({ length: 12_001 }, (_, index) => 12_001 + index));
    }));
});

describe("what a pass has met", () => {
  it("is kept only if asked for, and not by the pass that began the data set", () =>
    withRollback(async (db) => {
      const { at, store } = await aDataset(db);
      await store(record("a"), record("b"));
      await store(record("c"));
      expect(await db.$count(runSeen)).toBe(0);
      const next = { ...at, passId: randomUUID(), records: [record("a")] };
      await db.transaction((tx) => storePage(tx, { ...next, trackSeen: false }));
      expect(await db.$count(runSeen)).toBe(0);
      await db.transaction((tx) => storePage(tx, { ...next, trackSeen: true }));
      expect(await db.$count(runSeen)).toBe(1);
    }));

  it("is for the pass that began the data set all that there is", () =>
    withRollback(async (db) => {
      const { at, store, counts } = await aDataset(db);
      await store(record("a"));
      await store(record("b"));
      expect(await db.transaction((tx) => deleteUnmet(tx, at, [null]))).toBe(0);
      expect(await counts()).toEqual([2, 2, 0]);
    }));

  it("is kept again by a pass after the first, which deletes what it has not met", () =>
    withRollback(async (db) => {
      const { at, store, counts } = await aDataset(db);
      await store(record("a"), record("b"));
      const next = { ...at, passId: randomUUID() };
      const storeNext = (...page: StreamRecord[]) =>
        db.transaction((tx) => storePage(tx, { ...next, records: page, trackSeen: true }));
      await storeNext(record("b"));
      await storeNext(record("c"));
      expect(await db.transaction((tx) => deleteUnmet(tx, next, [null]))).toBe(1);
      expect(await counts()).toEqual([4, 2, 1]);
    }));
});
