import { sql } from "drizzle-orm";
import { check, index, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { users } from "./users";

// What administrators trust for one server besides public authorities. Rows end instead of being deleted, so the table
// shows who trusted what, and when.
export const serverTrusts = pgTable(
  "server_trusts",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Scheme, host and port: a certificate knows no context path. The server may have no row yet, because nothing is
    // stored for a server whose certificate is refused.
    origin: text().notNull(),
    kind: text({ enum: ["authority", "pin"] }).notNull(),
    pem: text().notNull(),
    // In the form that people compare: upper-case hex pairs with colons.
    sha256: text().notNull(),
    // Text from the certificate, cleaned; stored so that lists need not parse the certificate.
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
    // Read by every check.
    uniqueIndex("server_trusts_one_live").on(table.origin, table.sha256).where(sql`${table.endedAt} is null`),
    index("server_trusts_by_origin").on(table.origin, table.addedAt),
  ],
);
