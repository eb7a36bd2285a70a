import "server-only";
import { eq } from "drizzle-orm";
import { endpoints } from "@/drizzle/schema";
import type { AuditEvent } from "@/lib/audit/events";
import type { Tx } from "@/lib/db/types";
import type { Direction } from "@/lib/paths";

/** A source or destination whose credential is about to be deleted. */
export type Detached = { readonly id: string; readonly direction: Direction; readonly name: string };

/**
 * Removes a credential that is about to be deleted from all endpoints that use it. The caller holds the credential's
 * lock and has seen that none of their owners may still use it: these endpoints had already stopped.
 */
export async function detachStopped(tx: Tx, credentialId: string): Promise<Detached[]> {
  return tx
    .update(endpoints)
    .set({ credentialId: null })
    .where(eq(endpoints.credentialId, credentialId))
    .returning({ id: endpoints.id, direction: endpoints.direction, name: endpoints.name });
}

/** The audit events for the detached endpoints. */
export function detachedEvents(credentialId: string, detached: readonly Detached[]): AuditEvent[] {
  return detached.map(({ id, direction, name }): AuditEvent => {
    const details = { direction, name, credentialId };
    return { event: "flow.credential-deleted", subjectId: id, details };
  });
}
