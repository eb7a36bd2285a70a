import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

// Insert-only (a trigger refuses the rest) and without foreign keys: a record outlives what it tells of.
export const auditEvents = pgTable(
  "audit_events",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    // Null for what nobody signed in did, such as a failed sign-in.
    actorId: uuid(),
    event: text().notNull(),
    subjectId: uuid(),
    // The named fields of the event's type in lib/audit; a secret has no slot there.
    details: jsonb().notNull(),
    requestId: text().notNull(),
  },
  (table) => [index("audit_events_by_subject").on(table.subjectId, table.id)],
);
