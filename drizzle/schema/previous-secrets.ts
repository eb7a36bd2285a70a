import { sql } from "drizzle-orm";
import { check, date, index, integer, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";
import { credentials } from "./credentials";
import { dataKeys } from "./keys";
import { users } from "./users";

// The secret that a credential had before, at the same server. Apart from the current one, so that nothing that signs
// in can select it by accident. Once it has ended, the row stays without the secret, until the next replacement.
export const credentialPreviousSecrets = pgTable(
  "credential_previous_secrets",
  {
    // One previous secret for each credential, so two secrets at most.
    credentialId: uuid()
      .primaryKey()
      .references(() => credentials.id, { onDelete: "cascade" }),
    // The version that it was as the current secret; it is sealed for that one.
    version: integer().notNull(),
    sealed: bytea(),
    // Also inside the sealed value, as for current secrets.
    dataKeyId: uuid().references(() => dataKeys.id),
    method: text({ enum: ["password", "api-key"] }).notNull(),
    // As typed; null for an API key alone.
    username: text(),
    // As the server named it; null if it never did.
    accountName: text(),
    // An API key's id, which is not secret by itself; null if the key does not contain it.
    keyId: text(),
    // The last day that a user entered for the key; it comes back with the key.
    keyExpiresOn: date({ mode: "string" }),
    // Who made it the current secret, and when, as the audit log says.
    storedById: uuid().references(() => users.id),
    storedAt: timestamp({ withTimezone: true }),
    keptUntil: timestamp({ withTimezone: true }).notNull(),
    // When a check last signed in with it since it was replaced.
    workedAt: timestamp({ withTimezone: true }),
    endedAt: timestamp({ withTimezone: true }),
    // "revoked": the server refused it.
    outcome: text({ enum: ["revoked", "forgotten", "expired"] }),
  },
  (table) => [
    index("credential_previous_secrets_by_data_key")
      .on(table.dataKeyId)
      .where(sql`${table.dataKeyId} is not null`),
    // Finds those that have run out.
    index("credential_previous_secrets_by_end").on(table.keptUntil).where(sql`${table.sealed} is not null`),
    check(
      "credential_previous_secrets_ended",
      sql`num_nulls(${table.sealed}, ${table.dataKeyId}) in (0, 2)
        and num_nulls(${table.endedAt}, ${table.outcome}) in (0, 2)
        and (${table.sealed} is null) = (${table.endedAt} is not null)`,
    ),
  ],
);

/** How a previous secret ended. */
export type PreviousOutcome = NonNullable<(typeof credentialPreviousSecrets.$inferSelect)["outcome"]>;
