import { doublePrecision, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** The two slots for requests to a server at a time, over all processes. */
export const serverSlots = pgTable(
  "server_slots",
  {
    // The base URL's origin.
    server: text().notNull(),
    slot: integer().notNull(),
    holder: text(),
    until: timestamp({ withTimezone: true, precision: 3 }),
    // Somebody who may not wait long, such as a check, asked for a slot: a run lets go after its page.
    wantedUntil: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [primaryKey({ columns: [table.server, table.slot] })],
);

/** What is left of an account's request allowance, as a token bucket, over all processes. */
export const requestAllowances = pgTable(
  "request_allowances",
  {
    baseUrl: text().notNull(),
    // The keyed fingerprint of lock-out protection: the table names no account.
    account: text().notNull(),
    // Null while the server names no limit.
    capacity: doublePrecision(),
    perSecond: doublePrecision(),
    tokens: doublePrecision().notNull().default(0),
    countedAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // The server's Retry-After: nobody asks before.
    blockedUntil: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [primaryKey({ columns: [table.baseUrl, table.account] })],
);
