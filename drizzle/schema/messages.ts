import { sql } from "drizzle-orm";
import {
  boolean,
  check,
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
import type { News } from "../../lib/notifications/news";
import { credentials, servers } from "./credentials";
import { endpoints } from "./endpoints";
import { teams } from "./teams";
import { users } from "./users";

// What a user or a team was told. The names in it are those of that time: what they could see when it was written. A
// team's messages are only posted to its webhook and mailed to its address: each of its members has an inbox of their own.
export const messages = pgTable(
  "messages",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Exactly one of the two is set.
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    teamId: uuid().references(() => teams.id, { onDelete: "cascade" }),
    // Names the event: two processes, a repeated check or a retry never tell a user twice.
    eventKey: text().notNull(),
    news: jsonb().$type<News>().notNull(),
    // What it is about, to link to it and to ask for the reader's right to it. Null: about the reader's account, or
    // the item is gone.
    credentialId: uuid().references(() => credentials.id, { onDelete: "set null" }),
    endpointId: uuid().references(() => endpoints.id, { onDelete: "set null" }),
    serverId: uuid().references(() => servers.id, { onDelete: "set null" }),
    // False for a team, and for a user who wants no such messages in the inbox; the row still says that the event was told.
    isInInbox: boolean().notNull().default(true),
    // In milliseconds, as a Date holds them: a list's cursor compares exactly.
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().default(sql`clock_timestamp()`),
    readAt: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    unique("messages_once_per_event").on(table.userId, table.eventKey),
    unique("messages_once_per_event_and_team").on(table.teamId, table.eventKey),
    check("messages_of_one", sql`num_nonnulls(${table.userId}, ${table.teamId}) = 1`),
    index("messages_newest").on(table.userId, table.createdAt, table.id).where(sql`${table.isInInbox}`),
    index("messages_unread").on(table.userId).where(sql`${table.readAt} is null and ${table.isInInbox}`),
    index("messages_by_age").on(table.createdAt),
    // They find the messages about an item that is deleted.
    index("messages_by_credential").on(table.credentialId).where(sql`${table.credentialId} is not null`),
    index("messages_by_endpoint").on(table.endpointId).where(sql`${table.endpointId} is not null`),
  ],
);

// One outage of a server, however many checks and runs meet it.
export const serverOutages = pgTable(
  "server_outages",
  {
    id: uuid().primaryKey().defaultRandom(),
    serverId: uuid()
      .notNull()
      .references(() => servers.id, { onDelete: "cascade" }),
    openedAt: timestamp({ withTimezone: true, precision: 3 }).notNull().defaultNow(),
    closedAt: timestamp({ withTimezone: true, precision: 3 }),
  },
  (table) => [
    uniqueIndex("server_outages_one_open").on(table.serverId).where(sql`${table.closedAt} is null`),
    index("server_outages_by_server").on(table.serverId, table.openedAt),
    index("server_outages_by_end").on(table.closedAt),
  ],
);

// When an API key or a server's certificate ends, and how near its end was when that was told last.
export const endings = pgTable(
  "endings",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Exactly one of the two is set.
    credentialId: uuid()
      .unique()
      .references(() => credentials.id, { onDelete: "cascade" }),
    serverId: uuid()
      .unique()
      .references(() => servers.id, { onDelete: "cascade" }),
    endsAt: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    // The days left when it was told last: 30, 7, 1, or 0 for the end itself. Null before.
    toldStage: integer(),
  },
  (table) => [
    check("endings_one_subject", sql`num_nonnulls(${table.credentialId}, ${table.serverId}) = 1`),
    index("endings_by_end").on(table.endsAt),
  ],
);

// What a user chose about a kind and a channel, where it differs from the default.
export const notificationChoices = pgTable(
  "notification_choices",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    kind: text().$type<News["kind"]>().notNull(),
    channel: text({ enum: ["inbox", "email", "webhook"] }).notNull(),
    isOn: boolean().notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.kind, table.channel] })],
);
