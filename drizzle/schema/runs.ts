import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import type { JsonObject } from "../../lib/connectors/stream-reader";
import { endpoints } from "./endpoints";

export const runStates = [
  "queued",
  "running",
  "waiting",
  "succeeded",
  "incomplete",
  "failed",
  "cancelled",
] as const;
export type RunState = (typeof runStates)[number];

/** The states of a run that is not over. */
export const runKinds = ["read", "write", "dry-run"] as const;
/** `read` is a source's; the others are a destination's, and a dry run changes nothing on the server. */
export type RunKind = (typeof runKinds)[number];

/** The results of an earlier run that a destination's run takes up, instead of the records of its input. */
export type RunPick = {
  readonly runId: string;
  readonly states: readonly ("would-send" | "rejected" | "skipped" | "unknown" | "held")[];
  /** Only those whose match key begins so. */
  readonly search: string;
};

/** Where a destination's run is in its input; null once everything was taken. */
export type RunTaking = {
  /** `held`: results of earlier runs come first. */
  readonly from: "held" | "picked" | "records";
  readonly after: number;
  /** The newest change number, or number of a row, when the run began. */
  readonly until: number;
};

export const activeRunStates = ["queued", "running", "waiting"] as const satisfies readonly RunState[];

/**
 * Runs of sources. The row is the queue and the truth: who works on it and until when, a fencing number that grows with
 * each taker, the wish to cancel, and the progress.
 */
export const runs = pgTable(
  "runs",
  {
    id: uuid().primaryKey(),
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    // A reading from start to end. A run that stopped before the end leaves it to the next run.
    passId: uuid().notNull(),
    mode: text({ enum: ["all", "new"] }).notNull(),
    kind: text({ enum: runKinds }).notNull().default("read"),
    pick: jsonb().$type<RunPick>(),
    taking: jsonb().$type<RunTaking>(),
    trigger: text({ enum: ["user", "schedule"] }).notNull(),
    // No foreign key: a user may be gone while the run stays.
    requestedBy: uuid(),
    state: text({ enum: runStates }).notNull().default("queued"),
    // Why it waits or ended so; a closed list in lib/runs. Null where the state says it all.
    reason: text(),
    // Safe facts for the reason's sentence.
    facts: jsonb().$type<JsonObject>().notNull().default({}),
    cancelWanted: boolean().notNull().default(false),
    // The process that works on it, its fencing number, and until when nobody else may.
    holder: text(),
    fence: integer().notNull().default(0),
    leaseUntil: timestamp({ withTimezone: true, precision: 3 }),
    // Not before that time; with state `waiting` for the server's allowance, with `queued` after a lost connection.
    waitUntil: timestamp({ withTimezone: true, precision: 3 }),
    // Consecutive lost connections and server errors.
    retries: integer().notNull().default(0),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    startedAt: timestamp({ withTimezone: true, precision: 3 }),
    endedAt: timestamp({ withTimezone: true, precision: 3 }),
    // When it was last handed to a process: runs take turns.
    turnAt: timestamp({ withTimezone: true, precision: 3 }),
    partitions: integer().notNull().default(0),
    partitionsDone: integer().notNull().default(0),
    partitionsSkipped: integer().notNull().default(0),
    partitionsFailed: integer().notNull().default(0),
    // Records received, and what they meant.
    received: bigint({ mode: "number" }).notNull().default(0),
    added: bigint({ mode: "number" }).notNull().default(0),
    changed: bigint({ mode: "number" }).notNull().default(0),
    unchanged: bigint({ mode: "number" }).notNull().default(0),
    deleted: bigint({ mode: "number" }).notNull().default(0),
    unusable: integer().notNull().default(0),
    calls: integer().notNull().default(0),
    waitedMs: bigint({ mode: "number" }).notNull().default(0),
    // The deliveries of a destination's run: all that were taken, and their results.
    taken: integer().notNull().default(0),
    wouldSend: integer().notNull().default(0),
    sent: integer().notNull().default(0),
    alreadyThere: integer().notNull().default(0),
    rejected: integer().notNull().default(0),
    skipped: integer().notNull().default(0),
    unknown: integer().notNull().default(0),
    held: integer().notNull().default(0),
  },
  (table) => [
    // One run of one source at a time.
    uniqueIndex("runs_active").on(table.endpointId).where(sql`state in ('queued', 'running', 'waiting')`),
    index("runs_newest").on(table.endpointId, table.createdAt, table.id),
    index("runs_by_turn").on(table.turnAt).where(sql`state in ('queued', 'running', 'waiting')`),
  ],
);

/** The partitions of a pass, with their checkpoints. */
export const runPartitions = pgTable(
  "run_partitions",
  {
    passId: uuid().notNull(),
    key: text().notNull(),
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    // The order in which they are read.
    number: bigint({ mode: "number" }).generatedAlwaysAsIdentity(),
    groupId: text(),
    label: text().notNull(),
    state: text({ enum: ["pending", "done", "skipped", "failed"] })
      .notNull()
      .default("pending"),
    reason: text(),
    // Where to go on; null once done.
    position: jsonb().$type<JsonObject>(),
    // Becomes the partition's cursor once all partitions of its group are done.
    cursor: jsonb().$type<JsonObject>(),
    received: bigint({ mode: "number" }).notNull().default(0),
    calls: integer().notNull().default(0),
  },
  (table) => [
    primaryKey({ columns: [table.passId, table.key] }),
    index("run_partitions_pending").on(table.passId, table.number).where(sql`state = 'pending'`),
    index("run_partitions_by_endpoint").on(table.endpointId),
  ],
);

/**
 * The keys that a pass has met, as 8-byte hashes: what it has not met was deleted on the server. Appended only, so that
 * a full reading rewrites no record that did not change; dropped with the pass.
 */
export const runSeen = pgTable(
  "run_seen",
  { passId: uuid().notNull(), keyHash: bigint({ mode: "bigint" }).notNull() },
  (table) => [index("run_seen_by_pass").on(table.passId)],
);
