import "server-only";
import { auditEvents } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import type { Tx } from "@/lib/db/client";
import type { AuditEvent } from "./events";

/** Writes what happened in the transaction in which it happens: if it cannot be written, nothing happens. */
export async function recordEvent(tx: Tx, who: Actor | Visitor, event: AuditEvent): Promise<void> {
  await tx.insert(auditEvents).values({
    actorId: "userId" in who ? who.userId : null,
    event: event.event,
    subjectId: event.subjectId,
    details: event.details,
    requestId: who.requestId,
  });
}
