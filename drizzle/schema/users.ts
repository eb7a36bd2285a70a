import { sql } from "drizzle-orm";
import { check, index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";

export const users = pgTable(
  "users",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Lower-cased before it is stored, so that two spellings of one email cannot make two accounts.
    email: text().notNull().unique(),
    name: text().notNull(),
    // Argon2id in PHC notation, which includes its parameters, so they can be raised later.
    passwordHash: text().notNull(),
    role: text({ enum: ["administrator", "member"] }).notNull(),
    // Set instead of deleting: the user's past actions stay attributable.
    disabledAt: timestamp({ withTimezone: true }),
    // In milliseconds, as a Date holds them: a list's cursor compares exactly.
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    // The order of the administrators' list, newest first: the index is read backwards.
    index("users_newest").on(table.createdAt, table.id),
    // The lists set apart what the owners of disabled accounts own.
    index("users_disabled").on(table.id).where(sql`${table.disabledAt} is not null`),
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
    // The session's browser and system in a few words, so that the user recognises it; null if unknown. Never a whole
    // User-Agent, which would reveal more than the list needs.
    browser: text(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    // Updated at most once a minute; the idle limit is measured from it.
    seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index("sessions_by_user").on(table.userId),
    // Finds the sessions that ended long enough ago to delete.
    index("sessions_by_end").on(table.expiresAt),
  ],
);
