import type { Json, JsonObject, Position } from "@/lib/connectors/stream-reader";

/** What has lists of its own. */
export type ServerUnit = { readonly kind: "server" };
export type ProjectUnit = {
  readonly kind: "project";
  readonly id: number;
  readonly key: string;
  readonly name: string;
};
export type RepositoryUnit = {
  readonly kind: "repository";
  readonly id: number;
  readonly projectKey: string;
  readonly slug: string;
  readonly name: string;
};
export type Unit = ServerUnit | ProjectUnit | RepositoryUnit;

/** Lists the repositories or projects of a server, or the repositories of a project. */
export type UnitsPosition = {
  readonly at: "units";
  readonly unit: ServerUnit | ProjectUnit;
  readonly start: number;
};
/** Asks for a unit that the listing no longer has. */
export type FindPosition = { readonly at: "find"; readonly unit: ProjectUnit | RepositoryUnit };
/** Looks for the id of a unit that is not at its address any more, first by its name, then in everything. */
export type SearchPosition = {
  readonly at: "search";
  readonly unit: ProjectUnit | RepositoryUnit;
  readonly by: "name" | "all";
  readonly start: number;
};
export type ListPosition = {
  readonly at: "list";
  readonly unit: Unit;
  /** Of several lists. */
  readonly part: number;
  readonly start: number;
  /** With lists that are read newest first: the highest id so far. */
  readonly newest?: number;
};
export type CommitsPosition = {
  readonly at: "commits";
  readonly unit: RepositoryUnit;
  /**
   * `begin`: the branch's newest commit is not known yet. `whole`: all of it, or all that is not in `base`. `since`:
   * what is new since the last run. `lost`: what the last run had read and a force-push dropped. `branches`: the list
   * of branches.
   */
  readonly stage: "begin" | "whole" | "since" | "lost" | "branches";
  readonly start: number;
  /** The newest commit of the branch. */
  readonly tip?: string;
  /** The newest commit of the last run. */
  readonly old?: string;
  /** The newest commit of the branch whose commits are read elsewhere. */
  readonly base?: string;
  /** A commit that follows `old` was seen: the branch was not rewritten. */
  readonly isLinked?: boolean;
  /** A branch of several: it keeps no cursor, and what it dropped may be on another branch. */
  readonly isOneOfAll?: boolean;
  readonly tips?: Readonly<Record<string, string>>;
  readonly defaultBranch?: string;
};
export type PullsPosition = {
  readonly at: "pulls";
  readonly unit: RepositoryUnit;
  /** `open`: the closed ones were not read to their end. `again`: the first page once more, after several pages. */
  readonly stage: "all" | "open" | "again";
  readonly start: number;
  readonly pages: number;
  /** The latest update and the highest id so far. */
  readonly high: number;
  readonly maxId: number;
  /** So far, no pull request was updated later than the one before it, which was updated at `last`. */
  readonly isFalling: boolean;
  readonly last: number | null;
  /** Fingerprints of those that may change without being updated later than `high`. */
  readonly seen: Readonly<Record<string, string>>;
};
export type GroupsPosition = { readonly at: "groups"; readonly unit: ServerUnit; readonly start: number };
export type ChildrenPosition = {
  readonly at: "children";
  readonly unit: Unit;
  /** The parents that are still to be read, the current one first. */
  readonly queue: readonly (string | number)[];
  readonly part: number;
  readonly start: number;
  /** The keys of the current parent's children so far; null if they are too many to be kept. */
  readonly keys: readonly string[] | null;
  /** Where the parents go on, or their cursor. */
  readonly after: ReadPosition | null;
  readonly cursor: JsonObject | null;
};
export type ManualPosition = { readonly at: "manual"; readonly unit: ServerUnit; readonly start: number };

/** `isAll`: from here to its end, the partition holds all records of its group. */
export type Extent = { readonly isAll?: boolean };

/** `entry`: the first position of a chosen unit; `first`: it also brings the partitions of the others. */
export type Entry = { readonly entry?: "first" | "chosen" };

export type ReadPosition = (
  | UnitsPosition
  | FindPosition
  | SearchPosition
  | ListPosition
  | CommitsPosition
  | PullsPosition
  | GroupsPosition
  | ChildrenPosition
  | ManualPosition
) &
  Entry &
  Extent;

/** The position as the engine stores it. */
export function toStored(position: ReadPosition): Position {
  // A position holds nothing but JSON; TypeScript does not take a type that names itself for an index signature.
  return position as unknown as Position;
}

/** A position that the engine gives back. */
export function fromStored(position: Position): ReadPosition {
  // Only `toStored` makes positions.
  return position as unknown as ReadPosition;
}

/** Reads a cursor's number; null if it is none. */
export function numberIn(cursor: JsonObject | null, name: string): number | null {
  const value: Json | undefined = cursor?.[name];
  return typeof value === "number" ? value : null;
}

/** Reads a cursor's text; null if it is none. */
export function textIn(cursor: JsonObject | null, name: string): string | null {
  const value: Json | undefined = cursor?.[name];
  return typeof value === "string" ? value : null;
}

/** The texts of an object of texts, as cursors keep them. */
export function textsIn(cursor: JsonObject | null, name: string): Readonly<Record<string, string>> {
  const value: Json | undefined = cursor?.[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
}
