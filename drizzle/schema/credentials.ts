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
    // Normalized: scheme, host, port, context path. Two spellings of one server share a row.
    baseUrl: text().notNull(),
    // The version that the server last reported; null until its first response.
    version: text(),
    // An outage concerns the server, not its credentials, so it is recorded here.
    unreachableSince: timestamp({ withTimezone: true }),
    answeredAt: timestamp({ withTimezone: true }),
    // From the certificate at the latest successful check; null for plain http and before that check.
    certificateEndsAt: timestamp({ withTimezone: true }),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    unique("servers_kind_and_base_url").on(table.kind, table.baseUrl),
    index("servers_unreachable").on(table.id).where(sql`${table.unreachableSince} is not null`),
    index("servers_by_certificate_end")
      .on(table.certificateEndsAt)
      .where(sql`${table.certificateEndsAt} is not null`),
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
    // The server's kind, copied so that no page needs to join the server to word a check.
    kind: connectorKind(),
    name: text().notNull(),
    description: text().notNull().default(""),
    // As typed; no two of them differ only in case. Lists search and filter by the copy in their listing.
    tags: text().array().notNull().default(sql`'{}'::text[]`),
    method: text({ enum: ["password", "api-key"] }).notNull(),
    // The typed user name; null for an API key alone, which names its account itself.
    username: text(),
    // Counts changes of secret, user name or base URL: a check verifies one version only.
    secretVersion: integer().notNull().default(1),
    // Counts all edits: a form opened before another user's save gets a message instead of overwriting that save.
    version: integer().notNull().default(1),
    // The API key's end date, entered by a user because most servers do not report it. Deleted with its secret.
    keyExpiresOn: date({ mode: "string" }),
    // In milliseconds, as a Date holds them: a list's cursor compares exactly.
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // The newest run that opened the sign-in, and its source or destination. Kept here, because runs are forgotten. No
    // foreign key: the source or destination may be gone.
    lastUsedAt: timestamp({ withTimezone: true, precision: 3 }),
    lastUsedBy: uuid(),
  },
  (table) => [
    // Names tell one owner's tiles apart; other owners may use the same names.
    uniqueIndex("credentials_name_per_owner").on(table.ownerId, sql`lower(${table.name})`),
    // The order of the tiles, newest first: the index is read backwards.
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
    // Also inside the sealed value; repeated here to count and re-seal what an old key has sealed.
    dataKeyId: uuid()
      .notNull()
      .references(() => dataKeys.id),
    createdAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    // Keyed, over server, user name and secret: equal for equal sign-ins of one server, and compared in the database
    // only. Null for a secret from before there were any.
    fingerprint: text(),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.version] }),
    index("credential_secrets_by_data_key").on(table.dataKeyId),
    index("credential_secrets_by_fingerprint").on(table.fingerprint),
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
    // "nothing": the server could not be asked, so this check says nothing about the credential.
    verdict: text({ enum: ["verified", "rejected", "locked", "restricted", "nothing"] }).notNull(),
    // The failure's code from a closed list; null when verified.
    reason: text(),
    accountName: text(),
    accountDisplayName: text(),
    serverVersion: text(),
    // Typed by the credentials domain: counts and codes from closed lists, no text from the server.
    record: jsonb().notNull(),
    checkedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    // The latest check of a version: the index is read backwards, one entry per tile.
    index("checks_newest").on(table.credentialId, table.secretVersion, table.checkedAt),
    // Finds the checks that are old enough to delete.
    index("checks_by_age").on(table.checkedAt),
  ],
);

/** The result of a check for one version of a secret; "nothing" if the server could not be asked. */
export type Verdict = (typeof checks.$inferSelect)["verdict"];

// The account's avatar at the latest successful check. Apart from the check, so that no list loads it.
export const credentialAvatars = pgTable("credential_avatars", {
  credentialId: uuid()
    .primaryKey()
    .references(() => credentials.id, { onDelete: "cascade" }),
  // A new secret may belong to another account, so the previous secret's avatar is not shown with it.
  secretVersion: integer().notNull(),
  // Found from the image's first bytes, not from the server's header.
  mediaType: text({ enum: ["image/png", "image/jpeg", "image/gif", "image/webp"] }).notNull(),
  image: bytea().notNull(),
});
