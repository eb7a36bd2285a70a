import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

// The columns that rate-limiter-flexible's Drizzle store requires; in the database, so that limits hold across
// processes.
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text().primaryKey(),
    points: integer().notNull(),
    expire: timestamp({ withTimezone: true }),
  },
  (table) => [index("rate_limits_by_expiry").on(table.expire)],
);
