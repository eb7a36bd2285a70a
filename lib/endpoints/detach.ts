import "server-only";
import { eq } from "drizzle-orm";
import { endpoints } from "@/drizzle/schema";
import type { AuditEvent } from "@/lib/audit/events";
import type { Tx } from "@/lib/db/types";
import type { Direction } from "@/lib/paths";

/** A source or destination whose credential is about to be deleted. */
export type Detached = { readonly id: string; readonly direction: Direction; readonly name: string };

/**
 * Takes a credential that is about to be deleted out of everything that names it. The caller holds the credential's lock
 * and has seen that no owner of these may use it any more: they had stopped before.
 */
export async function detachStopped(tx: Tx, credentialId: string): Promise<Detached[]> {
  return tx
    .update(endpoints)
    .set({ credentialId: null })
    .where(eq(endpoints.credentialId, credentialId))
    .returning({ id: endpoints.id, direction: endpoints.direction, name: endpoints.name });
}

/** What the log tells of each of them. */
export function detachedEvents(credentialId: string, detached: readonly Detached[]): AuditEvent[] {
  return detached.map(({ id, direction, name }): AuditEvent => {
    const details = { direction, name, credentialId };
    return { event: "flow.credential-deleted", subjectId: id, details };
  });
}
