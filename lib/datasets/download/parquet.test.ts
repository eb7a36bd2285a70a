import { parquetMetadata, parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import type { Column } from "@/lib/connectors/streams";
import type { StoredRecord } from "@/lib/datasets/types";
import { parquetChunks } from "./parquet";

const columns: Column[] = [
  { name: "id", type: "int" },
  { name: "title", type: "text" },
  { name: "open", type: "bool" },
  { name: "at", type: "timestamp" },
  { name: "labels", type: "text[]" },
  { name: "extra", type: "json" },
];

const record = (seq: number, data: object, deletedAt: Date | null = null): StoredRecord => ({
  key: `31/${seq}`,
  seq,
  deletedAt,
  json: JSON.stringify(data),
});

async function* each(records: Iterable<StoredRecord>) {
  yield* records;
}

async function fileOf(records: Iterable<StoredRecord>) {
  const chunks: Uint8Array[] = [];
  for await (const chunk of parquetChunks(each(records), columns, { newest: "9" })) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { chunks, file: new Uint8Array(bytes).buffer };
}

describe("a Parquet file, read by another program", () => {
  it("has the columns' types and values, empty and null kept apart", async () => {
    const at = "2026-11-01T10:00:00.123Z";
    const { file } = await fileOf([
      record(1, { id: 2 ** 53 - 1, title: "é😀", open: true, at, labels: ["a", "b"], extra: { n: [1] } }),
      record(2, { id: -1, title: "", open: false, labels: [], extra: {} }, new Date(at)),
      record(3, {}),
    ]);
    const rows = await parquetReadObjects({ file });
    expect(rows).toEqual([
      {
        ...{ _key: "31/1", _seq: 1n, _deleted_at: null, id: BigInt(2 ** 53 - 1), title: "é😀", open: true },
        ...{ at: new Date(at), labels: ["a", "b"], extra: { n: [1] } },
      },
      {
        ...{ _key: "31/2", _seq: 2n, _deleted_at: new Date(at), id: -1n, title: "", open: false },
        ...{ at: null, labels: [], extra: {} },
      },
      {
        ...{ _key: "31/3", _seq: 3n, _deleted_at: null, id: null, title: null, open: null },
        ...{ at: null, labels: undefined, extra: null },
      },
    ]);
    const metadata = parquetMetadata(file);
    expect(metadata.schema.find(({ name }) => name === "at")).toMatchObject({
      type: "INT64",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" },
    });
    expect(metadata.key_value_metadata).toContainEqual({ key: "latchkey.newest", value: "9" });
  });

  it("is whole although the server sent other types: they become text or null", async () => {
    const { file } = await fileOf([
      record(1, { id: "7", title: 5, open: "yes", at: "never", labels: "a", extra: "text" }),
      record(2, { id: 1.5, title: { a: 1 }, open: 1, at: 5, labels: [1, null, "x"], extra: 5 }),
      record(3, { id: 1e300 }),
    ]);
    expect(await parquetReadObjects({ file })).toMatchObject([
      { id: null, title: "5", open: null, at: null, labels: undefined, extra: "text" },
      { id: null, title: '{"a":1}', open: null, at: null, labels: ["1", null, "x"], extra: 5 },
      { id: null },
    ]);
  });

  it("is valid without rows", async () => {
    const { file } = await fileOf([]);
    expect(await parquetReadObjects({ file })).toEqual([]);
    expect(parquetMetadata(file).schema).toHaveLength(1 + 3 + 6 + 2);
  });

  it("comes in pieces, a row group each", async () => {
    function* many() {
      for (let seq = 1; seq <= 4_000; seq += 1) yield record(seq, { id: seq, title: `Record ${seq}` });
    }
    const { chunks, file } = await fileOf(many());
    expect(parquetMetadata(file).row_groups.map(({ num_rows }) => num_rows)).toEqual([1_667n, 1_667n, 666n]);
    expect(chunks.length).toBeGreaterThan(2);
    expect((await parquetReadObjects({ file, rowStart: 3_999 }))[0]).toMatchObject({ id: 4_000n });
  });

  it("breaks off when its records do, and stops reading them when it is not wanted any more", async () => {
    async function* broken() {
      yield record(1, {});
      throw new Error("the database is gone");
    }
    await expect(async () => {
      for await (const _chunk of parquetChunks(broken(), columns, {}));
    }).rejects.toThrow("the database is gone");
    let read = 0;
    let isEnded = false;
    async function* endless() {
      try {
        for (;;) {
          read += 1;
          yield record(read, { id: read });
        }
      } finally {
        isEnded = true;
      }
    }
    for await (const _chunk of parquetChunks(endless(), columns, {})) break;
    await expect.poll(() => isEnded).toBe(true);
    expect(read).toBeLessThan(50_000);
  });
});
