import { sql } from "drizzle-orm";
import { check, index, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./users";

// What an administrator trusts for one server besides the well-known authorities. Rows end and never vanish: who trusted
// what, from when to when, can be read from the table.
export const serverTrusts = pgTable(
  "server_trusts",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Scheme, host and port: a certificate knows no context path. The server need not have a row yet, because nothing is
    // stored for one whose certificate is refused.
    origin: text().notNull(),
    kind: text({ enum: ["authority", "pin"] }).notNull(),
    pem: text().notNull(),
    // As people compare it: pairs of upper-case hex digits with colons.
    sha256: text().notNull(),
    // Text of the certificate's, cleaned; kept so that lists need not parse it.
    subject: text().notNull(),
    names: text().array().notNull(),
    issuer: text().notNull(),
    validFrom: timestamp({ withTimezone: true }).notNull(),
    validTo: timestamp({ withTimezone: true }).notNull(),
    addedBy: uuid()
      .notNull()
      .references(() => users.id),
    addedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endedBy: uuid().references(() => users.id),
    endedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    check("server_trusts_ended_by_somebody", sql`(${table.endedAt} is null) = (${table.endedBy} is null)`),
    // Asked by every check.
    uniqueIndex("server_trusts_one_live").on(table.origin, table.sha256).where(sql`${table.endedAt} is null`),
    index("server_trusts_by_origin").on(table.origin, table.addedAt),
  ],
);
