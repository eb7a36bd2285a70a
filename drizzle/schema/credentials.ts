import { sql } from "drizzle-orm";
import {
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea, connectorKind, knownKind } from "./column-types";
import { dataKeys } from "./keys";
import { users } from "./users";

export const servers = pgTable(
  "servers",
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: connectorKind(),
    // Normalised: scheme, host, port, context path. Two spellings of one server are one row.
    baseUrl: text().notNull(),
    // What the server last said of itself; null until it has answered once.
    version: text(),
    // An outage belongs to the server, not to the credentials on it, so it is recorded here.
    unreachableSince: timestamp({ withTimezone: true }),
    answeredAt: timestamp({ withTimezone: true }),
    // Of the certificate that the newest good check met; null for plain http, and until there was one.
    certificateEndsAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("servers_kind_and_base_url").on(table.kind, table.baseUrl),
    knownKind("servers_kind", table.kind),
  ],
);

export const credentials = pgTable(
  "credentials",
  {
    id: uuid().primaryKey(),
    ownerId: uuid()
      .notNull()
      .references(() => users.id),
    serverId: uuid()
      .notNull()
      .references(() => servers.id),
    // That of its server, so that no page need join the server to know how to speak of a check.
    kind: connectorKind(),
    name: text().notNull(),
    description: text().notNull().default(""),
    method: text({ enum: ["password", "api-key"] }).notNull(),
    // The user name that was typed; null where an API key stands alone and names its account by itself.
    username: text(),
    // Counts changes of secret, user name or base URL: a check proves one version only.
    secretVersion: integer().notNull().default(1),
    // Counts all edits: a form that was opened before somebody else's save is told instead of overwriting it.
    version: integer().notNull().default(1),
    // When the API key ends, as a person entered it: most servers do not tell. It goes with its secret.
    keyExpiresOn: date({ mode: "string" }),
    // In milliseconds, as a Date holds them: a list's cursor compares exactly.
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
  },
  (table) => [
    // One person's tiles are told apart by their names; another person's names are their own affair.
    uniqueIndex("credentials_name_per_owner").on(table.ownerId, sql`lower(${table.name})`),
    // The order of the tiles, newest first: read backwards.
    index("credentials_newest").on(table.ownerId, table.createdAt, table.id),
    index("credentials_by_server").on(table.serverId),
    knownKind("credentials_kind", table.kind),
  ],
);

// Apart from the credential, so that no list or page can select a secret by accident.
export const credentialSecrets = pgTable(
  "credential_secrets",
  {
    credentialId: uuid()
      .notNull()
      .references(() => credentials.id, { onDelete: "cascade" }),
    version: integer().notNull(),
    sealed: bytea().notNull(),
    // Also inside the sealed value; here for counting and re-sealing what is on an old key.
    dataKeyId: uuid()
      .notNull()
      .references(() => dataKeys.id),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.version] }),
    index("credential_secrets_by_data_key").on(table.dataKeyId),
  ],
);

export const checks = pgTable(
  "checks",
  {
    id: uuid().primaryKey().defaultRandom(),
    credentialId: uuid()
      .notNull()
      .references(() => credentials.id, { onDelete: "cascade" }),
    secretVersion: integer().notNull(),
    // "nothing": the server could not be asked, so this check says nothing of the credential.
    verdict: text({ enum: ["verified", "rejected", "locked", "restricted", "nothing"] }).notNull(),
    // The closed code of the failure; null when verified.
    reason: text(),
    accountName: text(),
    accountDisplayName: text(),
    serverVersion: text(),
    // Typed by the credentials domain; counts and closed codes only, no text of the server's.
    record: jsonb().notNull(),
    checkedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // The newest check of a version, read backwards: one index entry per tile.
    index("checks_newest").on(table.credentialId, table.secretVersion, table.checkedAt),
    // Which are old enough to be forgotten.
    index("checks_by_age").on(table.checkedAt),
  ],
);

/** What a check proved of one version of a secret; "nothing" when the server could not be asked. */
export type Verdict = (typeof checks.$inferSelect)["verdict"];

// The picture of the account that the newest good check met. Apart from the check, so that no list reads it along.
export const credentialAvatars = pgTable("credential_avatars", {
  credentialId: uuid()
    .primaryKey()
    .references(() => credentials.id, { onDelete: "cascade" }),
  // A new secret may be another account's: its predecessor's picture is not shown with it.
  secretVersion: integer().notNull(),
  // Told by the image's first bytes, not by the server.
  mediaType: text({ enum: ["image/png", "image/jpeg", "image/gif", "image/webp"] }).notNull(),
  image: bytea().notNull(),
});
