import { sql } from "drizzle-orm";
import { boolean, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";
import { users } from "./users";

export const teams = pgTable(
  "teams",
  {
    id: uuid().primaryKey().defaultRandom(),
    name: text().notNull(),
    description: text().notNull().default(""),
    // Counts the edits: a form opened before another user's save gets a message instead of overwriting that save.
    version: integer().notNull().default(1),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    // Set instead of deleting: ended grants still name the team that held them.
    deletedAt: timestamp({ withTimezone: true }),
  },
  // Users share with a team by its name, so two existing teams cannot have the same.
  (table) => [uniqueIndex("teams_name").on(sql`lower(${table.name})`).where(sql`${table.deletedAt} is null`)],
);

// A row is one membership period. It ends instead of being deleted, so that "former member" can be shown and proven.
export const teamMembers = pgTable(
  "team_members",
  {
    id: uuid().primaryKey().defaultRandom(),
    teamId: uuid()
      .notNull()
      .references(() => teams.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: text({ enum: ["owner", "member"] }).notNull(),
    joinedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp({ withTimezone: true }),
  },
  (table) => [
    uniqueIndex("team_members_one_stay").on(table.teamId, table.userId).where(sql`${table.endedAt} is null`),
    // Every access check starts here, with a user's teams.
    index("team_members_by_user").on(table.userId, table.teamId).where(sql`${table.endedAt} is null`),
  ],
);

// A user whom a portal administrator proposes as a team's member or owner. Only an owner's consent gives rights.
export const teamProposals = pgTable(
  "team_proposals",
  {
    id: uuid().primaryKey().defaultRandom(),
    teamId: uuid()
      .notNull()
      .references(() => teams.id),
    userId: uuid()
      .notNull()
      .references(() => users.id),
    role: text({ enum: ["owner", "member"] }).notNull(),
    proposedBy: uuid()
      .notNull()
      .references(() => users.id),
    proposedAt: timestamp({ withTimezone: true }).notNull().defaultNow(),
    endedAt: timestamp({ withTimezone: true }),
    outcome: text({ enum: ["accepted", "declined", "withdrawn"] }),
  },
  (table) => [
    uniqueIndex("team_proposals_one_open")
      .on(table.teamId, table.userId)
      .where(sql`${table.endedAt} is null`),
    index("team_proposals_of_user").on(table.userId).where(sql`${table.endedAt} is null`),
  ],
);

// A link that lets its user into a team, into the portal, or both. Once used, revoked or expired it is void.
export const invitations = pgTable(
  "invitations",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Only the SHA-256 of the link's token: a stolen table invites nobody.
    tokenHash: bytea().notNull().unique(),
    // Null: into the portal only.
    teamId: uuid().references(() => teams.id),
    // The intended recipient, for the list of open invitations; any user with the link may use it.
    email: text(),
    // Only on portal administrators' invitations: allows a new account where SIGN_UP is "invite".
    opensSignUp: boolean().notNull().default(false),
    invitedBy: uuid()
      .notNull()
      .references(() => users.id),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    expiresAt: timestamp({ withTimezone: true }).notNull(),
    acceptedAt: timestamp({ withTimezone: true }),
    acceptedBy: uuid().references(() => users.id),
    revokedAt: timestamp({ withTimezone: true }),
  },
  (table) => [index("invitations_by_team").on(table.teamId, table.createdAt)],
);
