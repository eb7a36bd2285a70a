import { sql } from "drizzle-orm";
import { pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { News } from "../../lib/notifications/news";
import { teams } from "./teams";
import { users } from "./users";

// Where a team's messages are mailed to, such as a mailing list. A new address is a new row. That it belongs to the team
// is not verified; its first e-mail says who added it.
export const teamMail = pgTable("team_mail", {
  id: uuid().primaryKey(),
  teamId: uuid()
    .notNull()
    .unique()
    .references(() => teams.id, { onDelete: "cascade" }),
  address: text().notNull(),
  setById: uuid()
    .notNull()
    .references(() => users.id),
  // What is not mailed there.
  mutedKinds: text().array().$type<News["kind"][]>().notNull().default(sql`'{}'::text[]`),
  createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  // The first e-mail that was not taken for this address since the last one that was.
  failingSince: timestamp({ withTimezone: true, precision: 3 }),
  stoppedAt: timestamp({ withTimezone: true, precision: 3 }),
});
