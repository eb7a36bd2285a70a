import "server-only";
import { and, asc, count, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import { datasets, endpoints, recordGroups, records, runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { visibleTo } from "@/lib/endpoints/visibility";
import type { KeyStart } from "@/lib/paging";
import { storableText } from "@/lib/text/storable-text";
import { streamOf } from "./columns";
import { countFrom } from "./count-from";
import { inIndexOrder } from "./in-index-order";
import { itemOf, readRecordsPage, shownColumns } from "./records-page";
import type { ColumnFill, DatasetSummary, RecordDetails, RecordsPage, StoredRecord } from "./types";
import type { RecordsView } from "./view";
import { isSourceId, seesSource } from "./visible";

/** The data set of a source, in numbers; zeros before its first run. Null for ids that are absent or not visible. */
export async function findDataset(db: Db, actor: Actor, sourceId: string): Promise<DatasetSummary | null> {
  if (!isSourceId(sourceId)) return null;
  const [row] = await db
    .select({
      name: endpoints.name,
      connector: endpoints.connector,
      settings: endpoints.settings,
      newest: datasets.newest,
      forgotten: datasets.forgotten,
      records: datasets.records,
      deleted: datasets.deleted,
      fullRunAt: datasets.fullRunAt,
    })
    .from(endpoints)
    .leftJoin(datasets, eq(datasets.endpointId, endpoints.id))
    .where(and(visibleTo(actor), eq(endpoints.direction, "source"), eq(endpoints.id, sourceId)));
  if (!row) return null;
  const states = await db
    .select({ state: recordGroups.state, count: count() })
    .from(recordGroups)
    .where(eq(recordGroups.endpointId, sourceId))
    .groupBy(recordGroups.state);
  const groups = { readable: 0, unreadable: 0, gone: 0 };
  for (const { state, count } of states) groups[state] = count;
  const stream = streamOf(row.connector, row.settings);
  return {
    sourceId,
    name: row.name,
    stream: stream?.label ?? null,
    columns: stream?.columns ?? [],
    newest: row.newest ?? 0,
    forgotten: row.forgotten ?? 0,
    records: row.records ?? 0,
    deleted: row.deleted ?? 0,
    fullRunAt: row.fullRunAt?.toISOString() ?? null,
    groups,
  };
}

/**
 * One page of a data set's records; null if the actor does not see the source. A search stops after 10,000 records,
 * with a cursor to go on. An unreadable cursor starts at the beginning.
 */
export async function listRecords(
  db: Db,
  actor: Actor,
  sourceId: string,
  view: RecordsView,
  start: KeyStart | null = null,
): Promise<RecordsPage | null> {
  const dataset = await findDataset(db, actor, sourceId);
  if (!dataset) return null;
  const isOfSource = and(seesSource(actor, sourceId), eq(records.endpointId, sourceId));
  return inIndexOrder(db, (tx) => readRecordsPage(tx, { isOfSource, dataset, view, start }));
}

/**
 * One record with its exact JSON, and the run that last changed it while that is kept. Null if it is absent or the actor
 * does not see the source.
 */
export async function findRecord(
  db: Db,
  actor: Actor,
  sourceId: string,
  key: string,
): Promise<RecordDetails | null> {
  if (!isSourceId(sourceId)) return null;
  const [row] = await db
    .select({ ...shownColumns, json: sql<string>`jsonb_pretty(${records.data})`, runId: runs.id })
    .from(records)
    .leftJoin(runs, eq(runs.id, records.runId))
    .where(
      and(seesSource(actor, sourceId), eq(records.endpointId, sourceId), eq(records.key, storableText(key))),
    );
  return row ? { ...itemOf(row), json: row.json, runId: row.runId } : null;
}

const filledAmong = 10_000;

/** How many of the newest 10,000 records have a value in each column; null if the actor does not see the source. */
export async function countFilled(db: Db, actor: Actor, sourceId: string): Promise<ColumnFill | null> {
  const dataset = await findDataset(db, actor, sourceId);
  if (!dataset) return null;
  const rows = await inIndexOrder(db, (tx) =>
    rowsOf(
      tx,
      sql`with newest as materialized (
        select data from ${records} where endpoint_id = ${sourceId} and deleted_at is null
          and ${seesSource(actor, sourceId)}
        order by seq desc limit ${filledAmong}
      )
      select '' as name, count(*) as filled from newest
      union all
      select field.name, count(*) from newest, jsonb_each(data) as field(name, value)
      where field.value not in ('null', '""', '[]', '{}') group by field.name`,
    ),
  );
  const filled = new Map(rows.map((row) => [String(row.name), countFrom(row.filled)]));
  const of = filled.get("") ?? 0;
  filled.delete("");
  return { of, filled };
}

/** Which records a download reads next. */
export type DownloadPosition =
  /** All records in the order of their keys: each once, whatever changes meanwhile. */
  | { readonly by: "key"; readonly after: string; readonly hasDeleted: boolean }
  /** What has changed since `after` up to `until`, deleted ones included, in the order of changes. */
  | { readonly by: "change"; readonly after: number; readonly until: number };

/** A download's next records; empty at its end, and if the actor does not see the source. */
export async function readRecords(
  db: Db,
  actor: Actor,
  sourceId: string,
  position: DownloadPosition,
  size: number,
): Promise<StoredRecord[]> {
  if (!isSourceId(sourceId)) return [];
  return inIndexOrder(db, (tx) =>
    tx
      .select({
        key: records.key,
        seq: records.seq,
        deletedAt: records.deletedAt,
        json: sql<string>`${records.data}::text`,
      })
      .from(records)
      .where(and(seesSource(actor, sourceId), eq(records.endpointId, sourceId), isNext(position)))
      .orderBy(asc(position.by === "key" ? records.key : records.seq))
      .limit(size),
  );
}

function isNext(position: DownloadPosition): SQL | undefined {
  if (position.by === "change") {
    return and(gt(records.seq, position.after), lte(records.seq, position.until));
  }
  return and(
    gt(records.key, position.after),
    position.hasDeleted ? undefined : sql`${records.deletedAt} is null`,
  );
}
