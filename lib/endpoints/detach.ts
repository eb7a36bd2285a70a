import "server-only";
import { eq } from "drizzle-orm";
import { flows } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
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
    .update(flows)
    .set({ credentialId: null })
    .where(eq(flows.credentialId, credentialId))
    .returning({ id: flows.id, direction: flows.direction, name: flows.name });
}

/** Records of each what became of its credential. Comes last in the transaction, as all events do. */
export async function recordDetached(
  tx: Tx,
  actor: Actor,
  credentialId: string,
  detached: readonly Detached[],
): Promise<void> {
  for (const { id, direction, name } of detached) {
    await recordEvent(tx, actor, {
      event: "flow.credential-deleted",
      subjectId: id,
      details: { direction, name, credentialId },
    });
  }
}
