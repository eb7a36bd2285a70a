import { isNotNull, sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  boolean,
  date,
  index,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { connectorKind, sortedName } from "./column-types";
import { credentials } from "./credentials";
import { endpoints } from "./endpoints";

// What each user and team has access to, in the order of the lists: a list reads its first rows from here, however many
// its reader sees. Triggers keep these copies (migrations 0025, 0027, 0030 and 0035). They give no right: each list still asks the
// rule of visibility about every row that it shows.
const listingColumns = () => ({
  // The owner, or the user or team of an active grant.
  granteeId: uuid().notNull(),
  createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
});

export const credentialListings = pgTable(
  "credential_listings",
  {
    ...listingColumns(),
    credentialId: uuid()
      .notNull()
      .references(() => credentials.id, { onDelete: "cascade" }),
    ownerId: uuid().notNull(),
    kind: connectorKind(),
    // As the latest telling check of the current secret says it. That an owner is disabled is not copied: disabling an
    // account must not take longer for a user who owns much.
    status: text({ enum: ["verified", "unproven", "rejected", "locked", "restricted"] }).notNull(),
    // When the API key ends, by the server's word or else by a user's; null if neither is known.
    endsAt: timestamp({ withTimezone: true, precision: 3 }),
    serverId: uuid().notNull(),
    // Name, base URL and description in lower case, cut to what surely fits into the index.
    search: text().notNull(),
    isCut: boolean().notNull(),
    name: sortedName().notNull(),
    // The day of the last use, or else of the addition, in UTC: so runs write it once a day at most.
    idleSince: date({ mode: "string" }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.credentialId, table.granteeId] }),
    // Read backwards. The columns after the id save a filter the way to the table's rows.
    index("credential_listings_newest").on(...newest(table), table.endsAt, table.serverId, table.idleSince),
    // Apart, because a page of the index above holds three times as many rows.
    index("credential_listings_search").on(...newest(table), table.isCut, table.search),
    // What the start page and the menu tell and count. Only the rows that need somebody are in the first two.
    index("credential_listings_refused")
      .on(table.granteeId, table.status, table.createdAt, table.credentialId, table.ownerId)
      .where(sql`${table.status} in ('rejected', 'locked')`),
    index("credential_listings_ending")
      .on(table.granteeId, table.endsAt, table.credentialId, table.ownerId, table.status)
      .where(isNotNull(table.endsAt)),
    // The other orders of the list. What has no end comes last.
    index("credential_listings_by_name").on(table.granteeId, table.name, ...filtered(table)),
    index("credential_listings_by_end").on(table.granteeId, endsOrNever(table.endsAt), ...filtered(table)),
    index("credential_listings_by_server").on(table.granteeId, table.serverId, table.createdAt),
    // Finds the owners to choose from, from one to the next.
    index("credential_listings_by_owner").on(table.granteeId, table.ownerId, table.createdAt),
  ],
);

/** When a listed credential ends, or never, as the index has it. */
export function endsOrNever(endsAt: AnyPgColumn) {
  return sql`coalesce(${endsAt}, 'infinity'::timestamp with time zone)`;
}

// As in "newest" above: the columns after the id save a filter the way to the table's rows.
function filtered(
  table: Record<
    "credentialId" | "ownerId" | "kind" | "status" | "endsAt" | "serverId" | "idleSince",
    AnyPgColumn
  >,
) {
  return [
    ...[table.credentialId, table.ownerId, table.kind, table.status, table.endsAt, table.serverId],
    table.idleSince,
  ] as const;
}

function newest(
  table: Record<"granteeId" | "createdAt" | "credentialId" | "ownerId" | "kind" | "status", AnyPgColumn>,
) {
  return [
    table.granteeId,
    table.createdAt,
    table.credentialId,
    table.ownerId,
    table.kind,
    table.status,
  ] as const;
}

/** When a listed source or destination ran last, or never, as the index has it. */
export function ranOrNever(lastRunAt: AnyPgColumn) {
  return sql`coalesce(${lastRunAt}, '-infinity'::timestamp with time zone)`;
}

export const endpointListings = pgTable(
  "endpoint_listings",
  {
    ...listingColumns(),
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    direction: text({ enum: ["source", "destination"] }).notNull(),
    // When the newest run was requested, if it failed or is incomplete; else null. Dry runs do not count.
    toTendSince: timestamp({ withTimezone: true, precision: 3 }),
    // Name and description in lower case, cut as above.
    search: text().notNull(),
    isCut: boolean().notNull(),
    // When the newest run was requested; null before the first. Dry runs do not count.
    lastRunAt: timestamp({ withTimezone: true, precision: 3 }),
    name: sortedName().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.endpointId, table.granteeId] }),
    index("endpoint_listings_newest").on(
      ...[table.granteeId, table.direction, table.createdAt, table.endpointId, table.toTendSince],
    ),
    index("endpoint_listings_search").on(
      ...[table.granteeId, table.direction, table.createdAt, table.endpointId, table.isCut, table.search],
    ),
    // The other orders of the lists. What has never run comes last.
    index("endpoint_listings_by_name").on(
      ...[table.granteeId, table.direction, table.name, table.endpointId, table.toTendSince],
    ),
    index("endpoint_listings_by_run").on(
      ...[table.granteeId, table.direction, ranOrNever(table.lastRunAt), table.endpointId, table.toTendSince],
    ),
    index("endpoint_listings_to_tend")
      .on(table.granteeId, table.toTendSince, table.endpointId, table.direction)
      .where(isNotNull(table.toTendSince)),
    index("endpoint_listings_last_run")
      .on(table.granteeId, table.lastRunAt, table.endpointId)
      .where(isNotNull(table.lastRunAt)),
  ],
);
