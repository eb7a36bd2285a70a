import "server-only";
import { inArray, lt, or, sql } from "drizzle-orm";
import { invitations } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** No page shows an invalid invitation; the audit log records who made, used and revoked it. */
const keptDays = 30;

/**
 * Deletes at most `limit` invitations that were used, revoked or expired 30 days ago or earlier, and returns how
 * many: none of them can become valid again.
 */
export async function forgetClosedInvitations(db: Db, limit: number): Promise<number> {
  const longAgo = sql`clock_timestamp() - ${keptDays} * interval '1 day'`;
  const ends = [invitations.expiresAt, invitations.acceptedAt, invitations.revokedAt];
  const old = db
    .select({ id: invitations.id })
    .from(invitations)
    .where(or(...ends.map((end) => lt(end, longAgo))))
    .limit(limit);
  const gone = await db
    .delete(invitations)
    .where(inArray(invitations.id, old))
    .returning({ id: invitations.id });
  return gone.length;
}
