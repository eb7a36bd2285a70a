import "server-only";
import { eq } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import type { AuditEvent } from "@/lib/audit/events";
import { baseUrlOf } from "@/lib/credentials/checks/rows";
import { requireRight } from "@/lib/credentials/require-right";
import type { Db } from "@/lib/db/types";
import { detachedEvents, detachStopped } from "@/lib/endpoints/detach";
import { getCredentialUses } from "@/lib/endpoints/queries";
import type { CredentialUses } from "@/lib/endpoints/types";

/**
 * Deletes a credential with its secret, checks and grants; returns null. While a source or destination uses the
 * credential, nothing is deleted and the uses are returned. Endpoints that stopped because their owner lost access do
 * not count as uses; they are left without a credential. NOT_FOUND and NOT_ALLOWED as for every write.
 */
export async function deleteCredential(
  db: Db,
  actor: Actor,
  credentialId: string,
): Promise<CredentialUses | null> {
  return changeWith(db, actor, async (tx) => {
    // Saving a use takes the same lock: that use is either counted below, or it finds the credential gone.
    const { serverId } = await requireRight(tx, actor, credentialId, "delete", "update");
    const uses = await getCredentialUses(tx, actor, credentialId);
    if (uses.total > 0) return unchanged<CredentialUses | null>(uses);
    const detached = await detachStopped(tx, credentialId);
    const [gone] = await tx
      .delete(credentials)
      .where(eq(credentials.id, credentialId))
      .returning({ name: credentials.name });
    if (!gone) throw new Error("the credential that was just locked is gone");
    const baseUrl = await baseUrlOf(tx, serverId);
    const deleted: AuditEvent = {
      event: "credential.deleted",
      subjectId: credentialId,
      details: { name: gone.name, baseUrl },
    };
    return changed([...detachedEvents(credentialId, detached), deleted], null);
  });
}
