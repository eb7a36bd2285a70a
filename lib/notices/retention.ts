import "server-only";
import { inArray, sql } from "drizzle-orm";
import { notices } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** A user who has been away for longer finds the events in the audit log. */
const keptDays = 365;

/** Deletes at most `limit` notices that are older than a year, seen or not, and returns how many. */
export async function forgetOldNotices(db: Db, limit: number): Promise<number> {
  const old = db
    .select({ id: notices.id })
    .from(notices)
    .where(sql`${notices.createdAt} < clock_timestamp() - ${keptDays} * interval '1 day'`)
    .limit(limit);
  const gone = await db.delete(notices).where(inArray(notices.id, old)).returning({ id: notices.id });
  return gone.length;
}
