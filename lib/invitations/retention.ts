import "server-only";
import { inArray, lt, or, sql } from "drizzle-orm";
import { invitations } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** Nothing shows an invitation that does not count; the audit log keeps who made, used and revoked it. */
const keptDays = 30;

/**
 * Forgets at most `limit` invitations that have been used, revoked or expired for 30 days, and returns how many: nothing
 * makes one of them count again.
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
