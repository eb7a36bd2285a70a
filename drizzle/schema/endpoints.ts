import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { connectorKinds } from "../../lib/connectors/kinds";
import type { SourceSettings } from "../../lib/connectors/streams";
import type { WritingSettings } from "../../lib/mapping/types";
import { knownKind } from "./column-types";
import { credentials } from "./credentials";
import { uploads } from "./uploads";
import { users } from "./users";

/** When a source or destination runs by itself. `every`: after that time since the last run's start. */
export type Schedule =
  | { readonly kind: "manual" }
  /** Of a destination: after each run of the source that its records come from. */
  | { readonly kind: "after-source" }
  | { readonly kind: "every"; readonly amount: number; readonly unit: "minutes" | "hours" | "days" }
  | { readonly kind: "cron"; readonly expression: string; readonly timeZone: string };

// Sources and destinations differ only in direction, so they share one table and one set of rules.
export const endpoints = pgTable(
  "endpoints",
  {
    id: uuid().primaryKey(),
    direction: text({ enum: ["source", "destination"] }).notNull(),
    connector: text({ enum: connectorKinds }).notNull(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id),
    // No cascade: a credential in use cannot be deleted. Null: deleted after the endpoint's owner had lost access to
    // it.
    credentialId: uuid().references(() => credentials.id),
    name: text().notNull(),
    description: text().notNull().default(""),
    // Null while active; a paused endpoint never runs.
    pausedAt: timestamp({ withTimezone: true }),
    // The user to ask before activating it again. Null for a schedule that paused itself.
    pausedBy: uuid().references(() => users.id),
    // Counts all edits, like a credential's version.
    version: integer().notNull().default(1),
    // What a source reads. Null for destinations, and for sources from before there was a choice.
    settings: jsonb().$type<SourceSettings>(),
    // What a destination writes. Null for sources, and for destinations from before there was a choice.
    writing: jsonb().$type<WritingSettings>(),
    // Where a destination's records come from: a source's data set or a file. Null if it was deleted.
    inputSourceId: uuid().references((): AnyPgColumn => endpoints.id, { onDelete: "set null" }),
    inputUploadId: uuid().references(() => uploads.id, { onDelete: "set null" }),
    // The change number of the data set up to which a destination's runs have taken all records.
    takenSeq: bigint({ mode: "number" }).notNull().default(0),
    schedule: jsonb().$type<Schedule>().notNull().default({ kind: "manual" }),
    // Null: no scheduled run.
    nextRunAt: timestamp({ withTimezone: true, precision: 3 }),
    // Consecutive runs that failed, and since when: a schedule that fails for long pauses itself.
    failures: integer().notNull().default(0),
    failingSince: timestamp({ withTimezone: true, precision: 3 }),
    // In days; runs and records that the server deleted are forgotten after that.
    keepRunsDays: integer().notNull().default(90),
    keepDeletedDays: integer().notNull().default(90),
    keepDeliveriesDays: integer().notNull().default(30),
    // In milliseconds, as a Date holds them: a list's cursor compares exactly.
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("endpoints_name_per_owner").on(table.ownerId, table.direction, sql`lower(${table.name})`),
    index("endpoints_newest").on(table.ownerId, table.direction, table.createdAt, table.id),
    index("endpoints_by_credential").on(table.credentialId, table.ownerId),
    index("endpoints_by_next_run").on(table.nextRunAt),
    index("endpoints_by_input").on(table.inputSourceId),
    index("endpoints_by_upload").on(table.inputUploadId),
    knownKind("endpoints_connector", table.connector),
  ],
);
