import { sql } from "drizzle-orm";
import { index, pgTable, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";
import { users } from "./users";

// A link that lets one user set a new password, made by a portal administrator.
export const passwordResets = pgTable(
  "password_resets",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Only the SHA-256 of the link's token: a stolen table resets no password.
    tokenHash: bytea().notNull().unique(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    madeBy: uuid()
      .notNull()
      .references(() => users.id),
    madeAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    usedAt: timestamp({ withTimezone: true }),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    index("password_resets_of_user").on(table.userId, table.madeAt),
    // A new link ends the previous one.
    uniqueIndex("password_resets_one_open")
      .on(table.userId)
      .where(sql`${table.usedAt} is null and ${table.revokedAt} is null`),
  ],
);
