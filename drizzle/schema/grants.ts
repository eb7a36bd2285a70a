import { sql } from "drizzle-orm";
import { check, index, pgTable, primaryKey, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { credentials } from "./credentials";
import { endpoints } from "./endpoints";
import { teams } from "./teams";
import { users } from "./users";

// "This user or team has this role on this credential." A change of role ends one row and begins another, so the table
// shows who had which right when, and who gave it.
const grantColumns = () => ({
  id: uuid().primaryKey().defaultRandom(),
  // Exactly one of the two is set.
  userId: uuid().references(() => users.id),
  teamId: uuid().references(() => teams.id),
  grantedBy: uuid()
    .notNull()
    .references(() => users.id),
  grantedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
  endedAt: timestamp({ withTimezone: true }),
  endedBy: uuid().references(() => users.id),
});

export const credentialGrants = pgTable(
  "credential_grants",
  {
    ...grantColumns(),
    credentialId: uuid()
      .notNull()
      .references(() => credentials.id, { onDelete: "cascade" }),
    role: text({ enum: ["administrator", "collaborator"] }).notNull(),
  },
  (table) => [
    check("credential_grants_one_grantee", sql`num_nonnulls(${table.userId}, ${table.teamId}) = 1`),
    uniqueIndex("credential_grants_one_per_user")
      .on(table.credentialId, table.userId)
      .where(sql`${table.endedAt} is null and ${table.userId} is not null`),
    uniqueIndex("credential_grants_one_per_team")
      .on(table.credentialId, table.teamId)
      .where(sql`${table.endedAt} is null and ${table.teamId} is not null`),
    // Each tile reads the user's role, and the Share dialog reads all grants.
    index("credential_grants_on_credential").on(table.credentialId).where(sql`${table.endedAt} is null`),
    // In the order of time: the start page tells what was shared lately.
    index("credential_grants_of_user").on(table.userId, table.grantedAt).where(sql`${table.endedAt} is null`),
    index("credential_grants_of_team").on(table.teamId, table.grantedAt).where(sql`${table.endedAt} is null`),
    index("credential_grants_by_giver").on(table.grantedBy),
    // What was taken away lately.
    index("credential_grants_ended_of_user")
      .on(table.userId, table.endedAt)
      .where(sql`${table.endedAt} is not null`),
    index("credential_grants_ended_of_team")
      .on(table.teamId, table.endedAt)
      .where(sql`${table.endedAt} is not null`),
  ],
);

export const endpointGrants = pgTable(
  "endpoint_grants",
  {
    ...grantColumns(),
    endpointId: uuid()
      .notNull()
      .references(() => endpoints.id, { onDelete: "cascade" }),
    role: text({ enum: ["administrator", "operator", "collaborator"] }).notNull(),
  },
  (table) => [
    check("endpoint_grants_one_grantee", sql`num_nonnulls(${table.userId}, ${table.teamId}) = 1`),
    uniqueIndex("endpoint_grants_one_per_user")
      .on(table.endpointId, table.userId)
      .where(sql`${table.endedAt} is null and ${table.userId} is not null`),
    uniqueIndex("endpoint_grants_one_per_team")
      .on(table.endpointId, table.teamId)
      .where(sql`${table.endedAt} is null and ${table.teamId} is not null`),
    index("endpoint_grants_on_endpoint").on(table.endpointId).where(sql`${table.endedAt} is null`),
    // In the order of time: the start page tells what was shared lately.
    index("endpoint_grants_of_user").on(table.userId, table.grantedAt).where(sql`${table.endedAt} is null`),
    index("endpoint_grants_of_team").on(table.teamId, table.grantedAt).where(sql`${table.endedAt} is null`),
    index("endpoint_grants_by_giver").on(table.grantedBy),
  ],
);

// Users who have looked at what a grant gave them: the start page tells them of it no more. A later grant is news again.
const viewColumns = () => ({
  userId: uuid()
    .notNull()
    .references(() => users.id),
  seenAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
});

export const credentialGrantViews = pgTable(
  "credential_grant_views",
  {
    ...viewColumns(),
    grantId: uuid()
      .notNull()
      .references(() => credentialGrants.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.grantId, table.userId] })],
);

export const endpointGrantViews = pgTable(
  "endpoint_grant_views",
  {
    ...viewColumns(),
    grantId: uuid()
      .notNull()
      .references(() => endpointGrants.id, { onDelete: "cascade" }),
  },
  (table) => [primaryKey({ columns: [table.grantId, table.userId] })],
);

// An owner's offer of a credential to another user. Nothing changes until that user accepts.
export const ownershipTransfers = pgTable(
  "ownership_transfers",
  {
    id: uuid().primaryKey().defaultRandom(),
    credentialId: uuid()
      .notNull()
      .references(() => credentials.id, { onDelete: "cascade" }),
    toUserId: uuid()
      .notNull()
      .references(() => users.id),
    offeredBy: uuid()
      .notNull()
      .references(() => users.id),
    offeredAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp({ withTimezone: true }),
    outcome: text({ enum: ["accepted", "declined", "withdrawn"] }),
  },
  (table) => [
    uniqueIndex("ownership_transfers_one_open").on(table.credentialId).where(sql`${table.endedAt} is null`),
    index("ownership_transfers_by_recipient").on(table.toUserId).where(sql`${table.endedAt} is null`),
  ],
);
