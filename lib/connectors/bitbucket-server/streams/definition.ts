import type { Json, JsonObject } from "@/lib/connectors/stream-reader";
import type { ColumnType, Stream } from "@/lib/connectors/streams";

/**
 * How the streams of Bitbucket are described: as data, which the functions in `reading/` read. Pure and browser-safe.
 */

/** Where a record was found: the repository or project, the parent, the stream's parameters. */
export type Place = Readonly<Record<string, Json | undefined>>;

/**
 * A column: its name, its type, and the path of its value in the server's record, such as "author.user.id". A path that
 * begins with "@" names a value of the place instead. A function computes the value.
 */
export type ColumnSource = readonly [
  name: string,
  type: ColumnType,
  from: string | ((item: JsonObject, place: Place) => unknown),
];

/** A list of the server, read page by page. */
export type ListPlan = {
  /** Below the base URL; `{project}`, `{repository}` and `{parent}` are filled in. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Query parameters taken from the stream's parameters, by their names; left out if empty. */
  readonly queryFrom?: Readonly<Record<string, string>>;
  /** The most that the server gives per page; 1000 if left out. */
  readonly most?: number;
  /** `one`: the answer may be one object in place of a list. */
  readonly one?: true;
  /** The property that holds the records, where it is not `values`. */
  readonly property?: string;
  /** No paging: neither `limit` nor `start` is sent. */
  readonly isUnpaged?: true;
  /** Added to the place of the records, where a stream has several lists. */
  readonly place?: Place;
};

/** What is listed first, where the stream's records are children of it. */
export type ParentKind = "pull-requests" | "commits" | "groups";

export type Level = "server" | "project" | "repository";

export type Reading = {
  /** Of what there is one list: the server, each project or each repository. Or the parameter `level` decides. */
  readonly level: Level | "by-parameter";
  /** Read one after the other. With several levels, the lists of each. */
  readonly lists: readonly ListPlan[] | Partial<Readonly<Record<Level, readonly ListPlan[]>>>;
  /** The lists are those of each parent. */
  readonly of?: ParentKind | "by-parameter";
  /**
   * `pull-requests` and `commits` are read in their own ways; `units` are the repositories or projects themselves;
   * `newest-first` stops at the first page with a known id.
   */
  readonly way?: "pull-requests" | "commits" | "units" | "newest-first" | "manual";
  /** Turns one record of the server into several or none. */
  readonly explode?: (item: JsonObject, place: Place) => readonly JsonObject[];
  /** With equal keys in one answer, the record with the higher value of this column is kept. */
  readonly prefer?: string;
  /** The column whose value, with the repository, names the parent of a record; children are replaced together. */
  readonly parent?: readonly string[];
  /** Lists of changed files, which the server cuts off at a number of its own. */
  readonly isCapped?: true;
  readonly sources: readonly ColumnSource[];
  /** Paths that are known and dropped. */
  readonly drops?: readonly string[];
};

export type StreamDefinition = Stream & { readonly reading: Reading };

/** Makes a definition: its columns are those of its sources, and `extra` at the end. */
export function define(stream: Omit<Stream, "columns">, reading: Reading): StreamDefinition {
  const columns = reading.sources.map(([name, type]) => ({ name, type }));
  return { ...stream, columns: [...columns, { name: "extra", type: "json" }], reading };
}
