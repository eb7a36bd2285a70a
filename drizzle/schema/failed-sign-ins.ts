import { index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

// Failed sign-ins on their way to the audit log, folded: the log is for good, so a flood must not write a row for each.
export const failedSignIns = pgTable(
  "failed_sign_ins",
  {
    // Account, address key and reason: what is folded together.
    key: text().primaryKey(),
    // Null for an email that has no account, and where the account was not looked up.
    userId: uuid(),
    // The newest address under the key; an IPv6 client has many.
    address: text(),
    reason: text({ enum: ["not-accepted", "rate-limited"] }).notNull(),
    // How many the log does not tell of yet, since when, and the first one's request.
    pending: integer().notNull(),
    since: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    requestId: text().notNull(),
    // When the log told of this key last.
    toldAt: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [index("failed_sign_ins_by_user").on(table.userId)],
);
