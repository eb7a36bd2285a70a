import { sql } from "drizzle-orm";
import { check, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { News } from "../../lib/notifications/news";
import { bytea } from "./column-types";
import { dataKeys } from "./keys";
import { teams } from "./teams";
import { users } from "./users";

// Where a user's or a team's messages are posted to, and the sealed secret that signs them. A new address is a new row.
export const webhooks = pgTable(
  "webhooks",
  {
    id: uuid().primaryKey(),
    // Exactly one of the two is set.
    userId: uuid()
      .unique()
      .references(() => users.id, { onDelete: "cascade" }),
    teamId: uuid()
      .unique()
      .references(() => teams.id, { onDelete: "cascade" }),
    address: text().notNull(),
    // Who set it, who may read what is posted there; null for those from before it was recorded.
    setById: uuid().references(() => users.id),
    // What a team does not hear about; a user's choices are rows of their own.
    mutedKinds: text().array().$type<News["kind"][]>().notNull().default(sql`'{}'::text[]`),
    // Bound to this row, its user or team, and the address's origin.
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
  },
  (table) => [check("webhooks_of_one", sql`num_nonnulls(${table.userId}, ${table.teamId}) = 1`)],
);
