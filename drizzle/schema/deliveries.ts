import { sql } from "drizzle-orm";
import { index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { Problem, Values } from "../../lib/connectors/action";
import type { Call } from "../../lib/connectors/action-sender";
import type { JsonObject } from "../../lib/connectors/stream-reader";
import { bytea } from "./column-types";
import { endpoints } from "./endpoints";
import { runs } from "./runs";

/** `pending` is to be sent; the others are results. `would-send` is a dry run's. */
export const deliveryStates = [
  "pending",
  "would-send",
  "sent",
  "already",
  "rejected",
  "skipped",
  "unknown",
  "held",
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The records of a destination's runs, with their results. */
export const deliveries = pgTable(
  "deliveries",
  {
    runId: uuid()
      .notNull()
      .references(() => runs.id, { onDelete: "cascade" }),
    // From 1, in the order of sending.
    number: integer().notNull(),
    // The match key in words; empty for a record without one.
    key: text().notNull(),
    // The key of the data set's record, or the number of the file's row.
    record: text().notNull(),
    // Records with equal targets keep their order.
    target: text().notNull(),
    state: text({ enum: deliveryStates }).notNull(),
    // Of the values.
    hash: bytea().notNull(),
    values: jsonb().$type<Values>().notNull(),
    // The columns that the mapping uses, as they were.
    input: jsonb().$type<JsonObject>().notNull(),
    // Why it was skipped or rejected: our words, or the server's.
    problems: jsonb().$type<readonly Problem[]>().notNull().default([]),
    cure: text(),
    // The server's status of the last call.
    status: integer(),
    answer: jsonb().$type<JsonObject>(),
    // The calls that changed something, or would; without headers.
    requests: jsonb().$type<readonly Call[]>().notNull().default([]),
    tries: integer().notNull().default(0),
    // The later run that took it up. No foreign key: that run may be gone while the result stays.
    nextRunId: uuid(),
    at: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    primaryKey({ columns: [table.runId, table.number] }),
    index("deliveries_by_state").on(table.runId, table.state, table.number),
    index("deliveries_by_state_and_key").on(
      table.runId,
      table.state,
      table.key.op("text_pattern_ops"),
      table.number,
    ),
    index("deliveries_by_key").on(table.runId, table.key.op("text_pattern_ops"), table.number),
    index("deliveries_open").on(table.runId, table.number).where(sql`state = 'held' and next_run_id is null`),
    index("deliveries_by_target").on(table.runId, table.target, table.number).where(sql`state = 'pending'`),
  ],
);

/** What stands on the server by this destination's doing, by match key. Kept as long as the destination. */
export const deliveryLedger = pgTable(
  "delivery_ledger",
  {
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    // A hash of base URL, action and match key: with another one of these, the ledger begins anew.
    scope: text().notNull(),
    // A hash of the match key.
    key: bytea().notNull(),
    // `sending`: written before the call; still so after a crash, it means that the outcome is unknown.
    state: text({ enum: ["sending", "sent"] }).notNull(),
    // Of the values that were sent last.
    hash: bytea().notNull(),
    answer: jsonb().$type<JsonObject>(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.scope, table.key] })],
);
