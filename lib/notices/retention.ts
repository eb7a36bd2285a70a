import "server-only";
import { inArray, sql } from "drizzle-orm";
import { notices } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** Whoever has not signed in for so long is told by the audit log. */
const keptDays = 365;

/** Forgets at most `limit` notices that are older than a year, seen or not, and returns how many. */
export async function forgetOldNotices(db: Db, limit: number): Promise<number> {
  const old = db
    .select({ id: notices.id })
    .from(notices)
    .where(sql`${notices.createdAt} < clock_timestamp() - ${keptDays} * interval '1 day'`)
    .limit(limit);
  const gone = await db.delete(notices).where(inArray(notices.id, old)).returning({ id: notices.id });
  return gone.length;
}
