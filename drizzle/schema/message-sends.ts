import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";
import { messages } from "./messages";
import { teamMail } from "./team-mail";
import { teams } from "./teams";
import { users } from "./users";
import { webhooks } from "./webhooks";

// A message on its way by a channel other than the inbox. The rows are the queue: a worker leases one and sends it.
export const messageSends = pgTable(
  "message_sends",
  {
    id: uuid().primaryKey().defaultRandom(),
    // Exactly one of the two is set.
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    teamId: uuid().references(() => teams.id, { onDelete: "cascade" }),
    // Null: a test, which somebody asked for, or the first e-mail to a team's address.
    messageId: uuid().references(() => messages.id, { onDelete: "cascade" }),
    channel: text({ enum: ["email", "webhook"] }).notNull(),
    // Set exactly for webhooks.
    webhookId: uuid().references(() => webhooks.id, { onDelete: "cascade" }),
    // Set exactly for e-mails to a team.
    teamMailId: uuid().references(() => teamMail.id, { onDelete: "cascade" }),
    // "dropped": before it was sent, the account was disabled or the right to hear of it had ended.
    state: text({ enum: ["pending", "sent", "failed", "dropped"] })
      .notNull()
      .default("pending"),
    // Counted when an attempt begins, so that a killed one counts.
    attempts: integer().notNull().default(0),
    // When the next attempt is due; while one runs, when its lease ends.
    nextAt: timestamp({ withTimezone: true, precision: 3 }).notNull().default(sql`clock_timestamp()`),
    createdAt: timestamp({ withTimezone: true, precision: 3 }).notNull().default(sql`clock_timestamp()`),
  },
  (table) => [
    unique("message_sends_once_per_channel").on(table.messageId, table.channel),
    index("message_sends_due").on(table.nextAt).where(sql`${table.state} = 'pending'`),
    index("message_sends_by_age").on(table.createdAt),
    index("message_sends_by_webhook").on(table.webhookId).where(sql`${table.webhookId} is not null`),
    index("message_sends_by_team_mail").on(table.teamMailId).where(sql`${table.teamMailId} is not null`),
    check("message_sends_of_one", sql`num_nonnulls(${table.userId}, ${table.teamId}) = 1`),
    check(
      "message_sends_webhook",
      sql`(${table.channel} = 'webhook') = (${table.webhookId} is not null)
        and num_nonnulls(${table.messageId}, ${table.webhookId}, ${table.teamMailId}) > 0`,
    ),
    check(
      "message_sends_team_mail",
      sql`(${table.channel} = 'email' and ${table.teamId} is not null) = (${table.teamMailId} is not null)`,
    ),
  ],
);

// Each attempt to send a message: the delivery log that its user, or the team's owners, see.
export const messageAttempts = pgTable(
  "message_attempts",
  {
    id: uuid().primaryKey().defaultRandom(),
    sendId: uuid()
      .notNull()
      .references(() => messageSends.id, { onDelete: "cascade" }),
    // Exactly one of the two is set.
    userId: uuid().references(() => users.id, { onDelete: "cascade" }),
    teamId: uuid().references(() => teams.id, { onDelete: "cascade" }),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull().default(sql`clock_timestamp()`),
    // The status code of the mail server or receiver, if it answered.
    status: integer(),
    // Why it failed, from a closed list; null if it arrived.
    failure: text(),
  },
  (table) => [
    index("message_attempts_newest").on(table.userId, table.at, table.id),
    index("message_attempts_newest_of_team")
      .on(table.teamId, table.at, table.id)
      .where(sql`${table.teamId} is not null`),
    check("message_attempts_of_one", sql`num_nonnulls(${table.userId}, ${table.teamId}) = 1`),
    index("message_attempts_by_send").on(table.sendId),
  ],
);
