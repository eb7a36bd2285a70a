import { index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

// Failed sign-ins not yet in the audit log, counted per key: the log is permanent, so a flood must not write a row
// each.
export const failedSignIns = pgTable(
  "failed_sign_ins",
  {
    // Account, address key and reason; failures with equal keys are counted together.
    key: text().primaryKey(),
    // Null for an email without an account, and where the account was not looked up.
    userId: uuid(),
    // The latest address for the key; an IPv6 client has many.
    address: text(),
    reason: text({ enum: ["not-accepted", "rate-limited"] }).notNull(),
    // The failures that the log does not contain yet: their number, first instant and first request.
    pending: integer().notNull(),
    since: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    requestId: text().notNull(),
    // When a failure with this key was last logged.
    toldAt: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [index("failed_sign_ins_by_user").on(table.userId)],
);
