import type { SourceSettings } from "./streams";

/**
 * How a connector reads a stream: a pure state machine. The engine sends the calls, keeps the checkpoints, waits, and
 * stores the records; the connector decides what to call next and what an answer means. One step is one HTTP request.
 */

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json | undefined };

/** A record: its columns in `data`, missing ones left out. */
export type StreamRecord = {
  /** The canonical text of the primary key, at most 500 characters. Unique within the source. */
  readonly key: string;
  /** The id of the group (the repository or project) it belongs to; null on streams of the whole server. */
  readonly group: string | null;
  /** The parent whose children are replaced together, such as "31/4" for pull request 4 of repository 31; else null. */
  readonly parent: string | null;
  readonly data: JsonObject;
};

/** Where a partition's reading stands; the connector's own, stored as JSON with each page. */
export type Position = JsonObject;

/** The part of a run with a checkpoint of its own: the start of it, a repository, a vanished repository to look for. */
export type PartitionStart = {
  /** Unique within the run: "start", "repository:31", "find:31". */
  readonly key: string;
  readonly group: string | null;
  /** As users know it: "SHOP/storefront". Untrusted text. */
  readonly label: string;
  readonly position: Position;
};

/** A repository or project that a source covers, by its id. */
export type Group = {
  readonly id: string;
  readonly label: string;
  /** What the connector needs to address it, such as project key and slug. */
  readonly address: JsonObject;
};

/** A group as the source knew it before this run. */
export type KnownGroup = Group & { readonly state: GroupState };
/** `gone`: deleted on the server. `unreadable`: it exists, but the account may not read it any more. */
export type GroupState = "readable" | "unreadable" | "gone";

export type StreamCall = {
  /** Begins with "/" and is appended to the base URL. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | number>>;
};

/** What the engine knows when it asks the connector for a step. */
export type ReadContext = {
  readonly settings: SourceSettings;
  /** `all`: read everything, whatever the cursors say. `new`: what is new or changed since the cursors. */
  readonly mode: "all" | "new";
  /** The server's version as last seen, such as "9.4.3"; null if unknown. */
  readonly serverVersion: string | null;
  /** Where the last complete reading of this partition's key ended; null the first time and in mode `all`. */
  readonly cursor: JsonObject | null;
  readonly partition: { readonly key: string; readonly group: string | null };
  /** Records asked for per page; 1000 in runs, small in previews. The server may lower it. */
  readonly pageSize: number;
};

/** What one answer brought. */
export type Step = {
  readonly records: readonly StreamRecord[];
  /** Where to go on, or null: this partition is complete. */
  readonly next: Position | null;
  /** Partitions that this answer made known. The same key again is ignored. */
  readonly spawns?: readonly PartitionStart[];
  /** Groups that were seen on the server. */
  readonly groups?: readonly Group[];
  /**
   * Parents whose children were all read with this answer, and the keys of all of them: their other children were
   * deleted on the server.
   */
  readonly completes?: readonly { readonly parent: string; readonly keys: readonly string[] }[];
  /**
   * With all steps of a partition from some point to its end: they hold all records of its group, although the run reads
   * what is new. Those that they do not hold were deleted, such as the commits of a branch that was rewritten.
   */
  readonly readsAll?: true;
  /** With `next: null`: what to keep as this partition's cursor, once all partitions of its group are complete. */
  readonly cursor?: JsonObject | null;
  /** The group does not exist any more, or may not be read: this partition found out. */
  readonly groupState?: GroupState;
  /** Records of the answer that could not be used (no key), by count. */
  readonly unusable?: number;
};

/** Why a part of a run was not read; each has its words and a cure. */
export type SkipReason =
  /** A missing right: the account is signed in but may not read this. */
  | "no-right"
  /** It was deleted on the server meanwhile. */
  | "gone";

/** What an answer with status and body means for a run, decided by the connector. */
export type AnswerMeaning =
  | { readonly kind: "body"; readonly body: unknown }
  /** A 404 or 204 that is an ordinary answer here: nothing there (an empty repository). */
  | { readonly kind: "nothing" }
  | { readonly kind: "skip"; readonly reason: SkipReason }
  /** The whole stream does not exist on this server. */
  | { readonly kind: "not-available" }
  /** The server asks to wait, in whole seconds. */
  | { readonly kind: "wait"; readonly seconds: number; readonly why: "rate-limit" | "starting" }
  /** The sign-in was refused; `reason` is a failure reason of checks, such as SECRET_REJECTED. */
  | { readonly kind: "refused"; readonly reason: string }
  /** May pass: 5xx, a broken answer. */
  | { readonly kind: "retry"; readonly reason: string }
  /** Will not pass by itself: a redirect, a page instead of JSON, a bad request. `reason` as of checks, or the server's words. */
  | { readonly kind: "failed"; readonly reason: string; readonly words?: string };

/** How one kind of system reads its streams. Pure; throws only for a programming error. */
export type StreamReader = {
  /** The first partition of every run; it spawns the others. */
  readonly start: (settings: SourceSettings) => PartitionStart;
  /** A partition that finds out what became of a group that the run did not meet any more. */
  readonly find: (settings: SourceSettings, group: KnownGroup) => PartitionStart | null;
  readonly callFor: (context: ReadContext, position: Position) => StreamCall;
  /**
   * Where the reading goes on after this answer, if that is known without reading its records: the next call can be sent
   * before they are read. Null if it is not, or if there is nothing more. Else `accept` takes the same answer, and its
   * step's `next` is the same.
   */
  readonly ahead: (context: ReadContext, position: Position, body: unknown) => Position | null;
  /**
   * Takes the answer to `callFor`. Null if the body is not what the call promised (the engine counts that as a broken
   * answer). A `nextPageStart` that does not grow is such a body. `no-records`: the answer is sound, but has no records
   * where the settings say.
   */
  readonly accept: (context: ReadContext, position: Position, body: unknown) => Step | "no-records" | null;
  /** Takes "nothing there" or a skipped call; the partition may go on elsewhere. */
  readonly pass: (
    context: ReadContext,
    position: Position,
    why: "nothing" | SkipReason,
  ) => Step & { readonly skipped?: SkipReason };
};
