import { integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from "drizzle-orm/pg-core";

// Lock-out protection for one account of a server, shared by all users, credentials, schedules and processes. Times
// come from the database, so that processes whose clocks differ agree.
export const lockoutStates = pgTable(
  "lockout_states",
  {
    baseUrl: text().notNull(),
    // A keyed fingerprint of the user name or API key: the table names no account, and a dump of it can test no guess.
    account: text().notNull(),
    // Consecutive attempts that were refused or lost, whatever the secret; a success resets the count to 0.
    refusals: integer().notNull().default(0),
    // The latest refused secret, as a keyed fingerprint.
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
    // Until when the server asked us to wait, and the reason.
    waitUntil: timestamp({ withTimezone: true }),
    waitReason: text({ enum: ["RATE_LIMITED", "STARTING"] }),
    // When a user last pressed "Try again": overrides issued earlier are used up with it.
    overrideUsedAt: timestamp({ withTimezone: true }),
    // The one attempt under way. Its deadline frees the account if the process is killed.
    leaseId: uuid(),
    leaseSecret: text(),
    leaseUntil: timestamp({ withTimezone: true }),
    // The last attempt's outcome, for the requests that waited for it. It contains no secret and is deleted after an
    // hour.
    settledId: uuid(),
    settledOutcome: jsonb(),
    settledAt: timestamp({ withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.baseUrl, table.account] })],
);
