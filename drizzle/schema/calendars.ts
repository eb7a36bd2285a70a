import { pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";
import { users } from "./users";

// A user's calendar address, at which programs read when keys and certificates end. A new address replaces it.
export const calendars = pgTable("calendars", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  // Only the SHA-256 of the address's token: a stolen table reads no calendar.
  tokenHash: bytea().notNull().unique(),
  madeAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  // By a program, to the hour.
  readAt: timestamp({ withTimezone: true, precision: 3 }),
});
