import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

// What keeps an account of a server from being locked by us: shared by all people, credentials, schedules and processes.
// Instants are the database's own, so that processes whose clocks differ agree.
export const lockoutStates = pgTable(
  "lockout_states",
  {
    baseUrl: text().notNull(),
    // A keyed fingerprint of the user name or API key: the table names nobody, and a dump of it can test no guess.
    account: text().notNull(),
    // In a row, refused or lost, whatever the secret; a success sets it back to 0.
    refusals: integer().notNull().default(0),
    // The newest refused secret, as a keyed fingerprint.
    refusedSecret: text(),
    refusedReason: text({
      enum: [
        "SECRET_REJECTED",
        "CREDENTIAL_IGNORED",
        "PASSWORD_EXPIRED",
        "ACCOUNT_DEACTIVATED",
        "ACCOUNT_LOCKED",
      ],
    }),
    refusedAt: timestamp({ withTimezone: true }),
    // Until when the server asked us to stay away, and with which reason.
    waitUntil: timestamp({ withTimezone: true }),
    waitReason: text({ enum: ["RATE_LIMITED", "STARTING"] }),
    // When somebody last said "try again": permissions that were given before are used up with it.
    overrideUsedAt: timestamp({ withTimezone: true }),
    // The one attempt under way. It has a deadline, so a process that was killed does not block the account for good.
    leaseId: uuid(),
    leaseSecret: text(),
    leaseUntil: timestamp({ withTimezone: true }),
    // What the last attempt found, for those who waited for it; nothing in an outcome is secret. Forgotten after an hour.
    settledId: uuid(),
    settledOutcome: jsonb(),
    settledAt: timestamp({ withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.baseUrl, table.account] })],
);
