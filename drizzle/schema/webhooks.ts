import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";
import { dataKeys } from "./keys";
import { users } from "./users";

// Where a user's messages are posted to, and the sealed secret that signs them. A new address is a new row.
export const webhooks = pgTable("webhooks", {
  id: uuid().primaryKey(),
  userId: uuid()
    .notNull()
    .unique()
    .references(() => users.id, { onDelete: "cascade" }),
  address: text().notNull(),
  // Bound to this row, its user and the address's origin.
  sealed: bytea().notNull(),
  // Also inside the sealed value; repeated here to count and re-seal what an old key has sealed.
  dataKeyId: uuid()
    .notNull()
    .references(() => dataKeys.id),
  createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  // The first failure since the last message that arrived.
  failingSince: timestamp({ withTimezone: true, precision: 3 }),
  stoppedAt: timestamp({ withTimezone: true, precision: 3 }),
  // "gone": the receiver said so (410).
  stoppedFor: text({ enum: ["gone", "failing"] }),
});
