import { index, integer, pgTable, text, timestamp } from "drizzle-orm/pg-core";

// The shape that rate-limiter-flexible's Drizzle store demands; shared, so that limits hold across processes.
export const rateLimits = pgTable(
  "rate_limits",
  {
    key: text().primaryKey(),
    points: integer().notNull(),
    expire: timestamp({ withTimezone: true }),
  },
  (table) => [index("rate_limits_by_expiry").on(table.expire)],
);
