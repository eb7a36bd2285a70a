import "server-only";
import { auditEvents, auditHeads } from "@/drizzle/schema";
import type { Actor, Visitor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import { macOf } from "./chain";
import type { AuditEvent } from "./events";
import { chainKey, headAt, takeHead } from "./head";
import { rememberHead } from "./known-head";

/**
 * Records an event in the transaction of its change: if it cannot be written, nothing changes. Call it last: from
 * here to the end of the transaction all other writers of events wait, so that the chain has one order.
 */
export async function recordEvent(tx: Tx, who: Actor | Visitor, event: AuditEvent): Promise<void> {
  const { sequence, at, previous, startsAfter, dataKeyId, transactionId } = await takeHead(tx);
  const row = {
    id: sequence,
    at,
    actorId: actorOf(who, event),
    via: who.origin.via,
    sessionId: "sessionId" in who ? who.sessionId : null,
    address: who.origin.address,
    event: event.event,
    subjectId: event.subjectId,
    credentialId: credentialOf(event),
    details: event.details,
    requestId: who.requestId,
    dataKeyId,
  };
  const mac = macOf(await chainKey(tx, dataKeyId), previous, row);
  const head = await headAt(tx, { sequence, at, mac, startsAfter, dataKeyId });
  // One statement, to keep the other writers' wait short.
  const moved = tx
    .$with("moved")
    .as(
      tx
        .insert(auditHeads)
        .values(head)
        .onConflictDoUpdate({ target: auditHeads.only, set: head })
        .returning({ sequence: auditHeads.sequence }),
    );
  await tx
    .with(moved)
    .insert(auditEvents)
    .values({ ...row, mac });
  rememberHead({ sequence, mac }, transactionId);
}

// A user who has just signed up or in came as a visitor; the event then names the account.
function actorOf(who: Actor | Visitor, event: AuditEvent): string | null {
  if ("userId" in who) return who.userId;
  return event.event === "user.signed-up" || event.event === "user.signed-in" ? event.subjectId : null;
}

function credentialOf(event: AuditEvent): string | null {
  if (event.event.startsWith("credential.")) return event.subjectId;
  return "credentialId" in event.details ? event.details.credentialId : null;
}
