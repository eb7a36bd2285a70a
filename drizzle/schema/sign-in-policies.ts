import { sql } from "drizzle-orm";
import { check, integer, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

// How users may sign in to servers: one row for all servers, and one for each server that has a policy of its own.
export const signInPolicies = pgTable(
  "sign_in_policies",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Null: for all servers. A server may have a policy before a credential is stored for it, so this is no reference.
    baseUrl: text(),
    passwords: text({ enum: ["allow", "warn", "refuse"] }).notNull(),
    keysMustEnd: text({ enum: ["no", "warn", "refuse"] }).notNull(),
    // The longest life of an API key, judged as strictly as its end; null: any.
    longestDays: integer(),
    // Counts all edits, so that a second administrator overwrites nothing unseen.
    version: integer().notNull().default(1),
    changedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // Read by every Save and every list of credentials.
    unique("sign_in_policies_one_each").on(table.baseUrl).nullsNotDistinct(),
    check(
      "sign_in_policies_days",
      sql`${table.longestDays} is null or (${table.longestDays} > 0 and ${table.keysMustEnd} <> 'no')`,
    ),
  ],
);
