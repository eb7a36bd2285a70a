import { sql } from "drizzle-orm";
import { check, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";

export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Lower-cased before it is stored, so that one person cannot have two accounts by spelling.
    email: text().notNull().unique(),
    name: text().notNull(),
    // Argon2id in PHC notation: it carries its own parameters, so they can be raised later.
    passwordHash: text().notNull(),
    role: text({ enum: ["administrator", "member"] }).notNull(),
    // Set instead of deleting: what the person did stays attributable.
    disabledAt: timestamp({ withTimezone: true }),
    // In milliseconds, as a Date holds them: a list's cursor compares exactly.
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    // The order of the administrators' list, newest first: read backwards.
    index("users_newest").on(table.createdAt, table.id),
    check("users_email_is_lower_case", sql`${table.email} = lower(${table.email})`),
  ],
);

export const sessions = pgTable(
  "sessions",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Only the SHA-256 of the token: a stolen table signs nobody in.
    tokenHash: bytea().notNull().unique(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    // Which browser and system it was opened from, in a few words, so that its owner recognises it. Never a whole
    // User-Agent: that would tell more than the list needs. Null where it did not say.
    browser: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    // Moved on at most once a minute; the idle limit is judged by it.
    seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index("sessions_by_user").on(table.userId),
    // Which are over for so long that they can be forgotten.
    index("sessions_by_end").on(table.expiresAt),
  ],
);
