import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Column } from "@/lib/connectors/streams";
import type { Page } from "@/lib/paging";

/** What a source has read, in numbers. */
export type DatasetSummary = {
  readonly sourceId: string;
  readonly name: string;
  /** The stream's label; null for a source from before there was a choice. */
  readonly stream: string | null;
  readonly columns: readonly Column[];
  /** The newest change number; 0 before the first run. */
  readonly newest: number;
  /** Changes up to this number are not all kept any more: a follower from before it must begin again. */
  readonly forgotten: number;
  /** Records as they stand on the server, and those deleted there. */
  readonly records: number;
  readonly deleted: number;
  /** The end of the last complete reading of everything. */
  readonly fullRunAt: string | null;
  /** Repositories or projects by state. */
  readonly groups: Readonly<Record<"readable" | "unreadable" | "gone", number>>;
};

/** A record as a list shows it. */
export type RecordItem = {
  readonly key: string;
  readonly seq: number;
  readonly data: JsonObject;
  readonly changedAt: string;
  readonly deletedAt: string | null;
};

/** One page of records. */
export type RecordsPage = Page<RecordItem> & {
  /** The number of records searched if the search stopped before it had a full page; else null. */
  readonly searched: number | null;
};

/** One record with its exact JSON. */
export type RecordDetails = RecordItem & {
  readonly json: string;
  /** The run that last changed it; null once that run is not kept any more. */
  readonly runId: string | null;
};

/** How many of the newest records have a value in each column. */
export type ColumnFill = { readonly of: number; readonly filled: ReadonlyMap<string, number> };

/** A record as it is downloaded; `json` is the exact text of its data. */
export type StoredRecord = {
  readonly key: string;
  readonly seq: number;
  readonly deletedAt: Date | null;
  readonly json: string;
};
