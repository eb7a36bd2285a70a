import { sql } from "drizzle-orm";
import { pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";

// Rows are never deleted: a retired key still opens what it has sealed, old backups included.
export const dataKeys = pgTable(
  "data_keys",
  {
    // No default: the id is bound into the wrapped bytes, so it must exist before the row does.
    id: uuid().primaryKey(),
    // The data key, encrypted with a key that the database never sees; a dump of this table opens nothing.
    wrapped: bytea().notNull(),
    // The key of SECRET_KEYS (or of a key service) that unwraps it, so a start with the wrong keys can name the missing
    // one.
    wrappingKeyId: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    // Null for the one key that seals; retired keys only open.
    retiredAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    // All current rows have the same indexed value, so only one can exist: of two concurrent starts only one wins.
    uniqueIndex("data_keys_one_current")
      .on(sql`(${table.retiredAt} is null)`)
      .where(sql`${table.retiredAt} is null`),
  ],
);

// One known text per data key, sealed like a secret: opening it at start proves keys and format before traffic.
export const keyCanaries = pgTable("key_canaries", {
  // Retired keys keep theirs, so that a start without a wrapping key that they still need fails too.
  dataKeyId: uuid()
    .primaryKey()
    .references(() => dataKeys.id),
  sealed: bytea().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
