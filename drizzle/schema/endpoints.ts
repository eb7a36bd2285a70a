import { sql } from "drizzle-orm";
import { index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { connectorKinds } from "../../lib/connectors/kinds";
import { knownKind } from "./column-types";
import { credentials } from "./credentials";
import { users } from "./users";

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
    // The user to ask before activating it again.
    pausedBy: uuid().references(() => users.id),
    // Counts all edits, like a credential's version.
    version: integer().notNull().default(1),
    // In milliseconds, as a Date holds them: a list's cursor compares exactly.
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    uniqueIndex("endpoints_name_per_owner").on(table.ownerId, table.direction, sql`lower(${table.name})`),
    index("endpoints_newest").on(table.ownerId, table.direction, table.createdAt, table.id),
    index("endpoints_by_credential").on(table.credentialId),
    knownKind("endpoints_connector", table.connector),
  ],
);
