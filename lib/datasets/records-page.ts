import "server-only";
import { and, asc, desc, gt, lt, type SQL } from "drizzle-orm";
import { records } from "@/drizzle/schema";
import type { Db, Tx } from "@/lib/db/types";
import type { KeyStart } from "@/lib/paging";
import { matching } from "./matching";
import type { DatasetSummary, RecordItem, RecordsPage } from "./types";
import { isFiltered, type RecordsView } from "./view";

const recordsPerPage = 50;
/** The most records that one request reads to find those that a search or filter wants. */
export const searchedAtOnce = 10_000;

/** The columns of a record as a list shows it. */
export const shownColumns = {
  key: records.key,
  seq: records.seq,
  data: records.data,
  changedAt: records.changedAt,
  deletedAt: records.deletedAt,
};

type Shown = Pick<typeof records.$inferSelect, keyof typeof shownColumns>;

type Asked = {
  /** True of the records that the reader may see. */
  readonly isOfSource: SQL | undefined;
  readonly dataset: DatasetSummary;
  readonly view: RecordsView;
  readonly start: KeyStart | null;
};

/**
 * One page of a data set's records, as `readKeyPage`, but for a search that stopped before it had a full page: its cursors
 * lead on from where it stopped, and back from where it began.
 */
export async function readRecordsPage(tx: Db | Tx, asked: Asked): Promise<RecordsPage> {
  const { isOfSource, dataset, view } = asked;
  const { by, cursorOf, isBeyond, start } = orderOf(view, asked.start);
  const within = and(isOfSource, isBeyond);
  // Without a search, only deleted records are passed over: few enough to do without the limit, or counted in it.
  const isBounded = isFiltered(view) || (!view.hasDeleted && dataset.deleted > searchedAtOnce);
  const searched = tx.select().from(records).where(within).orderBy(by).limit(searchedAtOnce).as("records");
  const rows = isBounded
    ? tx.select(shownColumns).from(searched).where(matching(view, dataset.columns))
    : tx
        .select(shownColumns)
        .from(records)
        .where(and(within, matching(view, dataset.columns)));
  const found = await rows.orderBy(by).limit(recordsPerPage + 1);
  const hasMore = found.length > recordsPerPage;
  const items = found.slice(0, recordsPerPage).map(itemOf);
  const read = async (offset: number, count: number) => {
    if (!isBounded) return [];
    const { key, seq } = records;
    return tx.select({ key, seq }).from(records).where(within).orderBy(by).offset(offset).limit(count);
  };
  // With the one beyond: a search that ended with the last record has not stopped before it.
  const [lastSearched, beyond] = hasMore ? [] : await read(searchedAtOnce - 1, 2);
  const end = beyond ? (lastSearched ?? null) : null;
  const nearest = items[0] ?? (start ? (await read(0, 1))[0] : undefined) ?? null;
  const isOver = !hasMore && !end;
  if (start && isOver && (start.isBefore || !nearest)) return readRecordsPage(tx, { ...asked, start: null });
  const last = hasMore ? items.at(-1) : end;
  const onward = last ? cursorOf(last) : null;
  const back = start && nearest ? cursorOf(nearest) : null;
  return {
    items: start?.isBefore ? items.toReversed() : items,
    ...(start?.isBefore ? { next: back, previous: onward } : { next: onward, previous: back }),
    searched: end ? searchedAtOnce : null,
  };
}

/** A record as a list shows it. */
export function itemOf({ key, seq, data, changedAt, deletedAt }: Shown): RecordItem {
  return {
    key,
    seq,
    data,
    changedAt: changedAt.toISOString(),
    deletedAt: deletedAt?.toISOString() ?? null,
  };
}

type Place = { readonly key: string; readonly seq: number };

function orderOf({ order }: RecordsView, start: KeyStart | null) {
  const isBefore = start?.isBefore ?? false;
  if (order === "key") {
    return {
      ...{ start, by: isBefore ? desc(records.key) : asc(records.key) },
      cursorOf: ({ key }: Place) => key,
      isBeyond: start ? (isBefore ? lt : gt)(records.key, start.key) : undefined,
    };
  }
  const known = start && /^\d{1,15}$/.test(start.key) ? start : null;
  return {
    ...{ start: known, by: known?.isBefore ? asc(records.seq) : desc(records.seq) },
    cursorOf: ({ seq }: Place) => String(seq),
    isBeyond: known ? (isBefore ? gt : lt)(records.seq, Number(known.key)) : undefined,
  };
}
