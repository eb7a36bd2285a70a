import { index, integer, pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
import { credentials } from "./credentials";

// When each credential's next scheduled check is due. A table of its own, because it changes with every check, not by
// edits.
export const checkSchedules = pgTable(
  "check_schedules",
  {
    credentialId: uuid()
      .primaryKey()
      .references(() => credentials.id, { onDelete: "cascade" }),
    // Null: no scheduled check. A secret that the server refused waits for a user.
    dueAt: timestamp({ withTimezone: true }),
    // Consecutive checks that could not reach the server: each one doubles the wait.
    failures: integer().notNull().default(0),
  },
  (table) => [index("check_schedules_by_due").on(table.dueAt)],
);
