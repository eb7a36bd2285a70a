import { sql } from "drizzle-orm";
import { index, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { endpoints } from "./endpoints";
import { teams } from "./teams";
import { users } from "./users";

// Notices for a user, shown on every page until dismissed. Names are looked up when a notice is read.
export const notices = pgTable(
  "notices",
  {
    id: uuid().primaryKey().defaultRandom(),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    kind: text({
      enum: [
        "team-member-added",
        "team-owner-made",
        "team-member-enabled",
        "team-member-reset",
        "reset-link-made",
        "password-reset",
        "administrator-reset-link-made",
        "schedule-paused",
      ],
    }).notNull(),
    byId: uuid()
      .notNull()
      .references(() => users.id),
    // The affected user; null if that is the reader.
    aboutId: uuid().references(() => users.id),
    teamId: uuid().references(() => teams.id),
    endpointId: uuid().references(() => endpoints.id, { onDelete: "cascade" }),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    seenAt: timestamp({ withTimezone: true }),
  },
  (table) => [index("notices_unseen").on(table.userId, table.createdAt).where(sql`${table.seenAt} is null`)],
);
