import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";

// Insert-only (a trigger refuses the rest) and without foreign keys: a record outlives what it tells of.
export const auditEvents = pgTable(
  "audit_events",
  {
    // The event's place in the chain, without gaps from where the chain begins; its writer, who holds the head, gives it.
    id: bigint({ mode: "number" }).primaryKey(),
    // In milliseconds, as a Date holds them, and never before the event before it: one order for reading and for the chain.
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    // Null for what nobody signed in did, such as a failed sign-in.
    actorId: uuid(),
    // How the actor came; null, like the five columns below it, in rows from before the chain.
    via: text({ enum: ["web", "schedule", "terminal"] }),
    sessionId: uuid(),
    // What the nearest hop says of where the request came from.
    address: text(),
    event: text().notNull(),
    subjectId: uuid(),
    // The credential that this tells of, be it the subject or what the subject uses: its History.
    credentialId: uuid(),
    // The named fields of the event's type in lib/audit; a secret has no slot there.
    details: jsonb().notNull(),
    requestId: text().notNull(),
    // The data key from which the key of the MAC is derived; data keys are never deleted.
    dataKeyId: uuid(),
    // Over the MAC of the event before it and everything above.
    mac: bytea(),
  },
  (table) => [
    // The log's first view and each of its filters, newest first: read backwards.
    index("audit_events_newest").on(table.at, table.id),
    index("audit_events_by_actor").on(table.actorId, table.at, table.id),
    index("audit_events_by_event").on(table.event, table.at, table.id),
    index("audit_events_by_subject").on(table.subjectId, table.at, table.id),
    index("audit_events_by_credential").on(table.credentialId, table.at, table.id),
  ],
);

// One row: the newest event of the chain. Without it, taking away the newest events would leave a perfect chain.
export const auditHeads = pgTable(
  "audit_heads",
  {
    only: boolean().primaryKey().default(true),
    sequence: bigint({ mode: "number" }).notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    mac: bytea().notNull(),
    // The last event from before the chain, 0 for none: older rows than the chain cannot be made up afterwards.
    startsAfter: bigint({ mode: "number" }).notNull(),
    dataKeyId: uuid().notNull(),
    // Over the four columns above it; without it, whoever can write here could name any earlier event the newest.
    headMac: bytea().notNull(),
  },
  (table) => [check("audit_heads_one_row", sql`${table.only}`)],
);
