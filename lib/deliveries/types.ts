import type { DeliveryState } from "@/drizzle/schema";
import type { Problem, Values } from "@/lib/connectors/action";
import type { Call } from "@/lib/connectors/action-sender";
import type { JsonObject } from "@/lib/connectors/stream-reader";

/** The results of a run, in the order in which pages name them; `pending` has none yet. */
export const resultNames = [
  "would-send",
  "sent",
  "already",
  "rejected",
  "skipped",
  "unknown",
  "held",
  "pending",
] as const satisfies readonly DeliveryState[];
export type ResultName = (typeof resultNames)[number];

/** The results that a run of their own can take up: what is not there as it should be. */
export const retriedResults = ["rejected", "skipped", "unknown", "held"] as const;

/** A run whose results are shown. */
export type RunRef = { readonly endpointId: string; readonly runId: string };

/** One record of a destination's run, as a list shows it. Instants are ISO 8601 in UTC. */
export type DeliveryItem = {
  /** From 1, in the order of sending. */
  readonly number: number;
  /** The match key; empty for a record without one. */
  readonly key: string;
  /** The key of the data set's record, or the number of the file's row. */
  readonly record: string;
  readonly result: ResultName;
  readonly problems: readonly Problem[];
  readonly cure: string | null;
  /** The server's status of the last call. */
  readonly status: number | null;
  /** The page of what was written, on the server; null unless it lies below the server's base URL. */
  readonly link: string | null;
  readonly at: string | null;
  /** The first call that changed something, or would; null without one. */
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** The beginning of its body, as JSON. */
    readonly bodyStart: string;
    /** How many calls there are. */
    readonly of: number;
  } | null;
};

/** One page of records in the order of the view. */
export type DeliveriesPage = {
  readonly items: readonly DeliveryItem[];
  /** The number of the record after which the next page begins; null on the last page. */
  readonly next: number | null;
  /** The number of the record before which the previous page ends; null on the first page. */
  readonly previous: number | null;
};

/** One record with all that was sent. */
export type DeliveryDetails = Omit<DeliveryItem, "request"> & {
  readonly values: Values;
  readonly input: JsonObject;
  readonly requests: readonly Call[];
  readonly answer: JsonObject | null;
  readonly tries: number;
};

/** A count, or the limit that it reached. */
export type ResultCount = { readonly count: number; readonly isLimit: boolean };
/** How many records of a run a view has, by result. */
export type ResultCounts = Readonly<Record<ResultName, ResultCount>>;

/** A record as it is downloaded; the texts are the exact JSON of their columns. */
export type StoredDelivery = {
  readonly number: number;
  readonly key: string;
  readonly record: string;
  readonly state: ResultName;
  readonly problems: readonly Problem[];
  readonly cure: string | null;
  readonly status: number | null;
  readonly url: string | null;
  readonly tries: number;
  readonly at: Date | null;
  readonly values: string;
  readonly input: string;
  readonly requests: string;
  readonly answer: string | null;
};
