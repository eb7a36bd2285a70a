import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { auditEvents, endpointGrants, endpoints, sessions, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { findDataset } from "@/lib/datasets/queries";
import { deleteGroups, storePage } from "@/lib/datasets/store";
import type { Db } from "@/lib/db/types";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { aSharedThing, grantEndpoint } from "@/lib/testing/sharing";
import { AccessEndedError } from "./body";
import { downloadPages } from "./pages";
import { type DownloadFormat, downloadFormats, parseDownload } from "./request";
import { downloadStream } from "./stream";

async function aDataset(db: Db) {
  const { owner, thing } = await aSharedThing(db, "endpoint");
  const settings = { stream: "repositories", parameters: {}, scope: { kind: "everything" } } as const;
  await db.update(endpoints).set({ settings }).where(eq(endpoints.id, thing.id));
  const at = { endpointId: thing.id, runId: randomUUID(), passId: randomUUID() };
  const store = (group: string, count: number, name = "x") =>
    db.transaction((tx) =>
      storePage(tx, {
        ...at,
        records: Array.from({ length: count }, (_, index) => ({
          key: `${group}/${String(index).padStart(5, "0")}`,
          group,
          parent: null,
          data: { id: index, name, extra: {} },
        })),
        trackSeen: false,
      }),
    );
  const open = async (format: DownloadFormat, search = "", actor: Actor = owner) => {
    const dataset = await findDataset(db, actor, thing.id);
    const asked = parseDownload(new URLSearchParams(search), dataset ?? { newest: 0, forgotten: 0 });
    if (!dataset || !asked.ok) throw new Error("not to be downloaded");
    return downloadStream(db, actor, { dataset, format, request: asked.request });
  };
  const text = async (...given: Parameters<typeof open>) => new Response(await open(...given)).text();
  const lines = async (search = "") =>
    (await text("ndjson", search))
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line));
  const recorded = async () =>
    (
      await db
        .select({ details: auditEvents.details })
        .from(auditEvents)
        .where(eq(auditEvents.event, "dataset.downloaded"))
        .orderBy(asc(auditEvents.id))
    ).map(({ details }) => details);
  return { owner, at, store, open, text, lines, recorded };
}

describe("a download", () => {
  it("holds each record once, over many pages, and the same bytes each time", () =>
    withRollback(async (db) => {
      const { store, text, lines } = await aDataset(db);
      await store("1", 4_500);
      const found = await lines();
      expect(found).toHaveLength(4_500);
      expect(new Set(found.map(({ _key }) => _key)).size).toBe(4_500);
      expect(found[7]).toEqual({ _key: "1/00007", _seq: 8, _deleted_at: null, id: 7, name: "x", extra: {} });
      expect(await text("ndjson")).toBe(await text("ndjson"));
    }));

  it("is whole in each format, also without records, and recorded with its counts", () =>
    withRollback(async (db) => {
      const { store, open, text, recorded } = await aDataset(db);
      expect(await text("ndjson")).toBe("");
      expect(await text("csv")).toMatch(/^_key,_seq,_deleted_at,[\w,]+\r\n$/);
      expect(JSON.parse(await text("json"))).toMatchObject({ records: [], count: 0, meta: { newest: 0 } });
      await store("1", 3);
      expect((await text("csv")).split("\r\n")).toHaveLength(5);
      expect(JSON.parse(await text("json"))).toMatchObject({
        meta: { newest: 3, after: null, stream: "Repositories" },
        records: [{ _key: "1/00000" }, {}, {}],
        count: 3,
      });
      const file = await new Response(await open("parquet")).arrayBuffer();
      expect((await parquetReadObjects({ file })).map(({ _key }) => _key)).toEqual([
        "1/00000",
        "1/00001",
        "1/00002",
      ]);
      expect((await recorded()).at(-1)).toEqual({
        ...{ name: "Data platform", format: "parquet", after: null, records: 3, isComplete: true },
      });
      expect(await recorded()).toHaveLength(6);
    }));

  it("leaves out deleted records unless asked, and has what changed since a number, with deleted ones marked", () =>
    withRollback(async (db) => {
      const { at, store, lines } = await aDataset(db);
      await store("1", 2);
      await store("2", 1);
      await db.transaction((tx) => deleteGroups(tx, at, ["2"]));
      await store("1", 1, "changed");
      expect((await lines()).map(({ _key }) => _key)).toEqual(["1/00000", "1/00001"]);
      expect(await lines("deleted=include")).toHaveLength(3);
      expect(await lines("after=3")).toEqual([
        { _key: "2/00000", _seq: 4, _deleted_at: expect.any(String), id: 0, name: "x", extra: {} },
        { _key: "1/00000", _seq: 5, _deleted_at: null, id: 0, name: "changed", extra: {} },
      ]);
      expect(await lines("after=5")).toEqual([]);
    }));

  it("keeps each record once although it changes meanwhile, and a follower misses nothing", () =>
    withRollback(async (db) => {
      const { owner, at, store, lines } = await aDataset(db);
      await store("1", 6);
      const keys: string[] = [];
      const start = { by: "key", after: "", hasDeleted: false } as const;
      for await (const page of downloadPages(db, owner, at.endpointId, start, 2)) {
        keys.push(...page.map(({ key }) => key));
        if (keys.length === 2) await store("1", 5, "changed");
      }
      expect(keys).toEqual(["1/00000", "1/00001", "1/00002", "1/00003", "1/00004", "1/00005"]);
      expect((await lines("after=6")).map(({ _key }) => _key)).toEqual(keys.slice(0, 5));
    }));
});

describe("the changes since a number", () => {
  it("end at the newest one of the start: what changes meanwhile comes with the next download, once", () =>
    withRollback(async (db) => {
      const { owner, at, store, lines } = await aDataset(db);
      await store("1", 6);
      const keys: string[] = [];
      const start = { by: "change", after: 0, until: 6 } as const;
      for await (const page of downloadPages(db, owner, at.endpointId, start, 2)) {
        keys.push(...page.map(({ key }) => key));
        if (keys.length === 2) await store("1", 5, "changed");
      }
      expect(keys).toEqual(["1/00000", "1/00001", "1/00005"]);
      expect((await lines("after=6")).map(({ _key }) => _key)).toEqual(
        [0, 1, 2, 3, 4].map((index) => `1/0000${index}`),
      );
    }));
});

describe("a download that is broken off", () => {
  const endings: [string, (db: Db, actor: Actor) => Promise<unknown>][] = [
    ["the share is taken back", (db) => db.update(endpointGrants).set({ endedAt: new Date() })],
    [
      "the session ends",
      (db, { sessionId }) =>
        db.update(sessions).set({ revokedAt: new Date() }).where(eq(sessions.id, sessionId)),
    ],
    [
      "the account is disabled",
      (db, { userId }) => db.update(users).set({ disabledAt: new Date() }).where(eq(users.id, userId)),
    ],
  ];

  it.each(endings)("because %s fails at that page, in every format, and is recorded", (_name, end) =>
    withRollback(async (db) => {
      const { owner, at, store, open, recorded } = await aDataset(db);
      await store("1", 4_500);
      for (const format of downloadFormats) {
        await db.update(endpointGrants).set({ endedAt: new Date() });
        const reader = await somebody(db);
        await grantEndpoint(db, owner, at.endpointId, { userId: reader.userId }, "collaborator");
        const body = (await open(format, "", reader)).getReader();
        // A Parquet file's first piece comes with its first row group.
        if (format !== "parquet") await body.read();
        await end(db, reader);
        await expect(
          (async () => {
            while (!(await body.read()).done);
          })(),
          format,
        ).rejects.toMatchObject({ name: "AbortError", cause: expect.any(AccessEndedError) });
        const told = (await recorded()).at(-1);
        expect(told).toMatchObject({ format, isComplete: false });
      }
    }),
  );

  it("by the client is recorded with the records sent so far", () =>
    withRollback(async (db) => {
      const { store, open, recorded } = await aDataset(db);
      await store("1", 4_500);
      const body = (await open("ndjson")).getReader();
      await body.read();
      await body.cancel();
      const [told] = await recorded();
      expect(told).toMatchObject({ format: "ndjson", records: 500, isComplete: false });
    }));

  it("does not begin, and is not recorded, if nobody reads it", () =>
    withRollback(async (db) => {
      const { open, recorded } = await aDataset(db);
      await (await open("csv")).cancel();
      expect(await recorded()).toEqual([]);
    }));

  it("ends unclean if it cannot be recorded", () =>
    withRollback(async (db) => {
      const { store, open } = await aDataset(db);
      await store("1", 1);
      await db.execute(
        sql`alter table audit_events add constraint broken check (event <> 'dataset.downloaded') not valid`,
      );
      await expect(new Response(await open("ndjson")).text()).rejects.toThrow();
    }));
});
