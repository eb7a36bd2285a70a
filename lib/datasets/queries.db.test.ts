import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { endpoints, recordGroups, runs } from "@/drizzle/schema";
import { streamsOf } from "@/lib/connectors/stream-catalogues";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Db } from "@/lib/db/types";
import { type PageParameters, parseKeyStart } from "@/lib/paging";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { followBothWays } from "@/lib/testing/pages";
import { aSharedThing, grantEndpoint } from "@/lib/testing/sharing";
import { countFilled, findDataset, findRecord, listRecords, readRecords } from "./queries";
import { deleteGroups, storePage } from "./store";
import { parseView } from "./view";

const stream = streamsOf("bitbucket-server").find(({ id }) => id === "repositories");
const columns = stream?.columns ?? [];

async function aDataset(db: Db) {
  const { owner, thing } = await aSharedThing(db, "endpoint");
  const settings = { stream: "repositories", parameters: {}, scope: { kind: "everything" } } as const;
  await db.update(endpoints).set({ settings }).where(eq(endpoints.id, thing.id));
  const at = { endpointId: thing.id, runId: randomUUID(), passId: randomUUID() };
  const store = (...given: [key: string, data: JsonObject][]) =>
    db.transaction((tx) =>
      storePage(tx, {
        ...at,
        records: given.map(([key, data]) => ({ key, group: key.split("/")[0] ?? null, parent: null, data })),
        trackSeen: false,
      }),
    );
  const list = (given: Parameters<typeof parseView>[0] & PageParameters = {}) =>
    listRecords(db, owner, thing.id, parseView(given, columns), parseKeyStart(given));
  const pageOf = async (...given: Parameters<typeof list>) => {
    const page = await list(...given);
    if (!page) throw new Error("the owner does not see the source");
    return page;
  };
  const keys = async (...given: Parameters<typeof list>) =>
    (await list(...given))?.items.map(({ key }) => key);
  return { owner, at, store, list, pageOf, keys };
}

describe("the numbers of a data set", () => {
  it("are zero before the first run, and count records and groups by state afterwards", () =>
    withRollback(async (db) => {
      const { owner, at, store } = await aDataset(db);
      expect(await findDataset(db, owner, at.endpointId)).toEqual({
        ...{ sourceId: at.endpointId, name: "Data platform", stream: "Repositories", columns },
        ...{ newest: 0, forgotten: 0, records: 0, deleted: 0, fullRunAt: null },
        groups: { readable: 0, unreadable: 0, gone: 0 },
      });
      await store(["1/a", {}], ["1/b", {}], ["2/a", {}]);
      await db.transaction((tx) => deleteGroups(tx, at, ["2"]));
      const group = { endpointId: at.endpointId, label: "SHOP/x", address: {}, since: new Date() };
      await db.insert(recordGroups).values([
        { ...group, id: "1" },
        { ...group, id: "2", state: "gone" },
      ]);
      expect(await findDataset(db, owner, at.endpointId)).toMatchObject({
        ...{ newest: 4, records: 2, deleted: 1 },
        groups: { readable: 1, unreadable: 0, gone: 1 },
      });
    }));

  it("are nobody's who does not see the source; a grantee sees them", () =>
    withRollback(async (db) => {
      const { owner, at, store } = await aDataset(db);
      await store(["1/a", { name: "x" }]);
      const other = await somebody(db);
      const view = parseView({}, columns);
      const position = { by: "key", after: "", hasDeleted: true } as const;
      const all = async () => [
        await findDataset(db, other, at.endpointId),
        await listRecords(db, other, at.endpointId, view),
        await findRecord(db, other, at.endpointId, "1/a"),
        await countFilled(db, other, at.endpointId),
        (await readRecords(db, other, at.endpointId, position, 10))[0] ?? null,
      ];
      expect(await all()).toEqual([null, null, null, null, null]);
      await grantEndpoint(db, owner, at.endpointId, { userId: other.userId }, "collaborator");
      expect(await all()).not.toContain(null);
      for (const id of ["x", randomUUID()]) expect(await findDataset(db, owner, id)).toBeNull();
    }));
});

describe("browsing", () => {
  it("shows the newest changes first, or goes by key, in pages that lead both ways", () =>
    withRollback(async (db) => {
      const { store, list, pageOf } = await aDataset(db);
      const keys = Array.from({ length: 120 }, (_, index) => `1/${String(index).padStart(3, "0")}`);
      await store(...keys.toReversed().map((key): [string, JsonObject] => [key, { name: key }]));
      for (const order of ["newest", "key"]) {
        const found = await followBothWays((given) => pageOf({ order, ...given }));
        expect(
          found.map(({ key }) => key),
          order,
        ).toEqual(keys);
      }
      expect((await list({ after: "no number" }))?.items).toHaveLength(50);
    }));

  it("leaves out deleted records unless asked for them", () =>
    withRollback(async (db) => {
      const { at, store, list, keys } = await aDataset(db);
      await store(["1/a", {}], ["2/b", {}]);
      await db.transaction((tx) => deleteGroups(tx, at, ["2"]));
      expect(await keys()).toEqual(["1/a"]);
      expect(await keys({ deleted: "include" })).toEqual(["2/b", "1/a"]);
      expect((await list({ deleted: "include" }))?.items[0]?.deletedAt).toEqual(expect.any(String));
    }));

  it("finds text in any value or key, whatever its case, and takes nothing in it for a wildcard", () =>
    withRollback(async (db) => {
      const { store, keys } = await aDataset(db);
      await store(
        ["1/a", { name: "Web Shop", extra: { note: 'says "hi" \\ 100%' } }],
        ["1/b", { name: "Größe", extra: {} }],
        ["1/C", { id: 4711 }],
      );
      expect(await keys({ q: "web s" })).toEqual(["1/a"]);
      expect(await keys({ q: '"hi" \\ 100%' })).toEqual(["1/a"]);
      expect(await keys({ q: "größe" })).toEqual(["1/b"]);
      expect(await keys({ q: "471" })).toEqual(["1/C"]);
      expect(await keys({ q: "1/c" })).toEqual(["1/C"]);
      expect(await keys({ q: "%" }), "a percent sign stands for itself").toEqual(["1/a"]);
      expect(await keys({ q: "name" }), "a column's name is no value").toEqual([]);
    }));

  it("filters by a column's value, and by there being none", () =>
    withRollback(async (db) => {
      const { store, keys } = await aDataset(db);
      await store(["1/a", { id: 1, name: "x" }], ["1/b", { id: 12, name: "" }], ["1/c", { id: 1 }]);
      expect(await keys({ column: "id", value: "1" })).toEqual(["1/c", "1/a"]);
      expect(await keys({ column: "name", value: "x" })).toEqual(["1/a"]);
      expect(await keys({ column: "name", value: "" })).toEqual(["1/c", "1/b"]);
      expect(await keys({ column: "id", value: "1", q: "x" })).toEqual(["1/a"]);
      expect(await keys({ column: "'; drop table records; --", value: "x" }), "no such column").toHaveLength(
        3,
      );
    }));

  it("filters by a time as pages show it, and as it is stored", () =>
    withRollback(async (db) => {
      const { owner, at, store } = await aDataset(db);
      const settings = { stream: "commits", parameters: {}, scope: { kind: "everything" } } as const;
      await db.update(endpoints).set({ settings }).where(eq(endpoints.id, at.endpointId));
      const author_at = (day: number) => ({ author_at: `2026-01-0${day}T03:04:05.000Z` });
      await store(["1/a", author_at(2)], ["1/b", author_at(3)]);
      for (const value of ["2026-01-02", "2026-01-02 03:04:05", "2026-01-02T03", "2026-01-02  03:04"]) {
        const view = { ...parseView({}, []), column: "author_at", value };
        const page = await listRecords(db, owner, at.endpointId, view);
        expect(
          page?.items.map(({ key }) => key),
          value,
        ).toEqual(["1/a"]);
      }
    }));

  it("stops a search after 10,000 records, says so and goes on from there", () =>
    withRollback(async (db) => {
      const { store, list, pageOf } = await aDataset(db);
      await store(["0/needle", { name: "needle" }]);
      for (let start = 0; start < 15_000; start += 5_000) {
        await store(
          ...Array.from({ length: 5_000 }, (_, index): [string, JsonObject] => [
            `1/${String(start + index).padStart(6, "0")}`,
            { name: "hay" },
          ]),
        );
      }
      const first = await pageOf({ q: "needle" });
      expect(first).toMatchObject({ items: [], searched: 10_000, next: "5002", previous: null });
      const last = await pageOf({ q: "needle", after: first.next ?? "" });
      expect(last).toMatchObject({ items: [{ key: "0/needle" }], searched: null, next: null });
      expect(await list({ q: "hay", order: "key" })).toMatchObject({ searched: null, next: "1/000049" });

      // Back, it reads 10,000 at a time as well, and leads forward again from where it began.
      const back = await pageOf({ q: "needle", before: "1" });
      expect(back).toMatchObject({ items: [], searched: 10_000, next: "2", previous: "10001" });
      expect(await list({ q: "needle", after: back.next ?? "" })).toMatchObject({
        items: [{ key: "0/needle" }],
      });
      expect(await list({ q: "needle", before: back.previous ?? "" })).toEqual(first);
      expect(await list({ q: "needle", before: last.previous ?? "" })).toMatchObject({
        ...{ items: [], searched: 10_000, next: "2", previous: "10001" },
      });
      const inHay = await pageOf({ q: "hay", before: "9000" });
      expect(inHay).toMatchObject({ searched: null, next: "9001", previous: "9050" });
      expect(inHay.items).toHaveLength(50);
      // Nothing more matches beyond that place, but the way back is there.
      expect(await list({ q: "straw", after: "9000" })).toMatchObject({
        ...{ items: [], searched: null, next: null, previous: "8999" },
      });
      // Exactly as many as one request searches, and none beyond: the search ends.
      expect(await list({ q: "straw", after: "10001" })).toMatchObject({
        ...{ items: [], searched: null, next: null, previous: "10000" },
      });
      expect(await list({ q: "straw", after: "10002" })).toMatchObject({ searched: 10_000, next: "2" });
      expect(await list({ q: "needle", before: "5001" })).toEqual(first);
    }));
});

describe("one record", () => {
  it("is shown with its exact JSON", () =>
    withRollback(async (db) => {
      const { owner, at, store } = await aDataset(db);
      await store(["1/a", { id: 1, extra: { b: [1.0, null], a: "é" } }]);
      const record = await findRecord(db, owner, at.endpointId, "1/a");
      expect(record).toMatchObject({ key: "1/a", seq: 1 });
      expect(JSON.parse(record?.json ?? "")).toEqual({ id: 1, extra: { b: [1, null], a: "é" } });
      expect(await findRecord(db, owner, at.endpointId, "1/\0")).toBeNull();
    }));

  it("names the run that changed it, as long as that is kept", () =>
    withRollback(async (db) => {
      const { owner, at, store } = await aDataset(db);
      await store(["1/a", { id: 1 }]);
      expect((await findRecord(db, owner, at.endpointId, "1/a"))?.runId).toBeNull();
      const { endpointId, passId, runId: id } = at;
      await db.insert(runs).values({ id, endpointId, passId, mode: "all", trigger: "user" });
      expect((await findRecord(db, owner, at.endpointId, "1/a"))?.runId).toBe(id);
    }));
});

describe("the columns", () => {
  it("have the share of the newest records that have a value", () =>
    withRollback(async (db) => {
      const { owner, at, store } = await aDataset(db);
      expect(await countFilled(db, owner, at.endpointId)).toEqual({ of: 0, filled: new Map() });
      await store(
        ["1/a", { id: 1, name: "x", extra: {} }],
        ["1/b", { id: 0, name: "", extra: { a: 1 } }],
        ["1/c", { id: 2, name: null }],
      );
      expect(await countFilled(db, owner, at.endpointId)).toEqual({
        of: 3,
        filled: new Map([
          ["id", 3],
          ["name", 1],
          ["extra", 1],
        ]),
      });
    }));
});
