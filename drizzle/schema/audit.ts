import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
import { bytea } from "./column-types";

// Insert-only (a trigger refuses all else) and without foreign keys: a record outlives its subject.
export const auditEvents = pgTable(
  "audit_events",
  {
    // The event's place in the chain, without gaps from the chain's start; assigned by the writer, who holds the head.
    id: bigint({ mode: "number" }).primaryKey(),
    // In milliseconds, as a Date holds them, and never before the previous event: reading and chain share one order.
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    // Null for events without a signed-in user, such as a failed sign-in.
    actorId: uuid(),
    // How the actor acted. This column and the five below are null in rows from before the chain.
    via: text({ enum: ["web", "schedule", "terminal"] }),
    sessionId: uuid(),
    // The request's client address, as the nearest hop reports it.
    address: text(),
    event: text().notNull(),
    subjectId: uuid(),
    // The event's credential, as its subject or as used by its subject; selects the credential's History page.
    credentialId: uuid(),
    // The fields of the event's type in lib/audit, which has no field for a secret.
    details: jsonb().notNull(),
    requestId: text().notNull(),
    // The data key from which the MAC key is derived; data keys are never deleted.
    dataKeyId: uuid(),
    // Over the previous event's MAC and all columns above.
    mac: bytea(),
  },
  (table) => [
    // The log's first view and each filter, newest first: the indexes are read backwards.
    index("audit_events_newest").on(table.at, table.id),
    index("audit_events_by_actor").on(table.actorId, table.at, table.id),
    index("audit_events_by_event").on(table.event, table.at, table.id),
    index("audit_events_by_subject").on(table.subjectId, table.at, table.id),
    index("audit_events_by_credential").on(table.credentialId, table.at, table.id),
  ],
);

// One row: the newest event of the chain. Without it, a chain with its newest events removed would look perfect.
export const auditHeads = pgTable(
  "audit_heads",
  {
    only: boolean().primaryKey().default(true),
    sequence: bigint({ mode: "number" }).notNull(),
    at: timestamp({ withTimezone: true, precision: 3 }).notNull(),
    mac: bytea().notNull(),
    // The last event from before the chain, 0 for none: nobody can add rows older than the chain later.
    startsAfter: bigint({ mode: "number" }).notNull(),
    dataKeyId: uuid().notNull(),
    // Over the four columns above. Without it, an attacker with write access could name an earlier event the newest.
    headMac: bytea().notNull(),
  },
  (table) => [check("audit_heads_one_row", sql`${table.only}`)],
);
