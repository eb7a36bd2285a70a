import { sql } from "drizzle-orm";
import { pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";

// Rows are never deleted: a retired key still opens what was sealed with it, old backups included.
export const dataKeys = pgTable(
  "data_keys",
  {
    // No default: the id is bound into the wrapped bytes, so it must be known before the row is.
    id: uuid().primaryKey(),
    // The data key under a key that the database never sees; a dump of this table opens nothing.
    wrapped: bytea().notNull(),
    // Which key of SECRET_KEYS (or of a key service) unwraps it: so a start with the wrong ring can name the one it wants.
    wrappingKeyId: text().notNull(),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    // Null for the one key that seals; retired keys only open.
    retiredAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    // Every row in it has the same value, so there is room for one: two processes that start together cannot both win.
    uniqueIndex("data_keys_one_current")
      .on(sql`(${table.retiredAt} is null)`)
      .where(sql`${table.retiredAt} is null`),
  ],
);

// One known text per data key, sealed like any secret: opened at start, it proves ring, key and format before traffic.
export const keyCanaries = pgTable("key_canaries", {
  // Retired keys keep theirs: dropping a wrapping key that one of them still needs must stop the start too.
  dataKeyId: uuid()
    .primaryKey()
    .references(() => dataKeys.id),
  sealed: bytea().notNull(),
  createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});
