import { sql } from "drizzle-orm";
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { JsonObject } from "../../lib/connectors/stream-reader";
import { bytea } from "./column-types";
import { endpoints } from "./endpoints";

/** One row per source that has run: the counts of its records, kept with every page. */
export const datasets = pgTable("datasets", {
  endpointId: uuid()
    .primaryKey()
    .references(() => endpoints.id, { onDelete: "cascade" }),
  // The newest change number. Pages lock this row, so numbers become visible in their order.
  newest: bigint({ mode: "number" }).notNull().default(0),
  // Changes up to this number are forgotten: the source read something else then, or records deleted on the server were
  // kept long enough. A follower that is older has to begin again.
  forgotten: bigint({ mode: "number" }).notNull().default(0),
  // Records as they stand on the server, and those deleted there.
  records: bigint({ mode: "number" }).notNull().default(0),
  deleted: bigint({ mode: "number" }).notNull().default(0),
  // Complete readings of everything, and runs since the last one.
  fullRunAt: timestamp({ withTimezone: true, precision: 3 }),
  runsSinceFull: integer().notNull().default(0),
  // The pass that stored the first record: all that there is was met by it, so it keeps no list.
  firstPassId: uuid(),
});

/** The records of all sources. */
export const records = pgTable(
  "records",
  {
    // No foreign key: checking it for each record took a quarter of the time of a page. Whoever stores records has locked
    // the source, and a trigger of migration 0018 deletes them with it.
    endpointId: uuid().notNull(),
    key: text().notNull(),
    // The change number: grows with each record stored, changed, deleted or brought back.
    seq: bigint({ mode: "number" }).notNull(),
    // Of the columns, to tell a change.
    hash: bytea().notNull(),
    // The repository or project, by its id on the server.
    groupId: text(),
    // Whose children are replaced together.
    parent: text(),
    data: jsonb().$type<JsonObject>().notNull(),
    changedAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    deletedAt: timestamp({ withTimezone: true, precision: 3 }),
    // The run that last changed it.
    runId: uuid().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.key] }),
    index("records_by_seq").on(table.endpointId, table.seq),
    // What is old enough to be forgotten.
    index("records_deleted").on(table.deletedAt).where(sql`deleted_at is not null`),
    index("records_by_parent").on(table.endpointId, table.parent).where(sql`parent is not null`),
  ],
);

/** The repositories or projects that a source covers, by their ids on the server. */
export const recordGroups = pgTable(
  "record_groups",
  {
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    id: text().notNull(),
    label: text().notNull(),
    address: jsonb().$type<JsonObject>().notNull(),
    state: text({ enum: ["readable", "unreadable", "gone"] })
      .notNull()
      .default("readable"),
    // Since when it has this state.
    since: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    // The label before a rename or move, and when that was found.
    previousLabel: text(),
    movedAt: timestamp({ withTimezone: true, precision: 3 }),
    // The pass that met it last.
    passId: uuid(),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.id] })],
);

/** Where the last complete reading of a partition ended. */
export const partitionCursors = pgTable(
  "partition_cursors",
  {
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    key: text().notNull(),
    value: jsonb().$type<JsonObject>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.endpointId, table.key] })],
);
