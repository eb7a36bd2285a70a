import { index, integer, pgTable, timestamp, uuid } from "drizzle-orm/pg-core";
import { credentials } from "./credentials";

// When each credential is checked next by itself. A row of its own, because it changes with every check and is nobody's edit.
export const checkSchedules = pgTable(
  "check_schedules",
  {
    credentialId: uuid()
      .primaryKey()
      .references(() => credentials.id, { onDelete: "cascade" }),
    // Null: not by itself. What a server has refused waits for a person.
    dueAt: timestamp({ withTimezone: true }),
    // Checks in a row that could not ask the server: each one doubles the wait.
    failures: integer().notNull().default(0),
  },
  (table) => [index("check_schedules_by_due").on(table.dueAt)],
);
