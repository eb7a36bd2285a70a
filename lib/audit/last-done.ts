import "server-only";
import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { auditEvents } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Tx } from "@/lib/db/types";
import type { EventKind } from "./kinds";

/** How long users may undo what they did, in seconds: the page offers it for ten. */
const undoSeconds = 60;

/** True of an instant that lies within the time for an undo. */
export function isJustNow(at: AnyPgColumn): SQL<boolean> {
  return sql<boolean>`${at} > clock_timestamp() - ${undoSeconds} * interval '1 second'`;
}

/** The same for an instant that was read already. */
export function isWithinUndo(at: Date): boolean {
  return Date.now() - at.getTime() < undoSeconds * 1000;
}

type Done = {
  readonly subjectId: string;
  /** What is to be undone. */
  readonly event: EventKind;
  /** What has the same effect: if that came later, it is not the actor's to undo. */
  readonly orElse?: readonly EventKind[];
  /** The user whom the event is about, for events that name one besides their subject. */
  readonly userId?: string;
};

/** True if the actor was the last to do this. Rows that end do not name who ended them; the log does. */
export async function didLast(
  tx: Tx,
  actor: Actor,
  { subjectId, event, orElse = [], userId }: Done,
): Promise<boolean> {
  const [newest] = await tx
    .select({ event: auditEvents.event, actorId: auditEvents.actorId })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.subjectId, subjectId),
        inArray(auditEvents.event, [event, ...orElse]),
        userId === undefined ? undefined : sql`${auditEvents.details} ->> 'userId' = ${userId}`,
      ),
    )
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(1);
  return newest?.event === event && newest.actorId === actor.userId;
}
