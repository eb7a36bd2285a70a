import "server-only";
import { inArray, sql } from "drizzle-orm";
import { passwordResets } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** The page of an account shows what became of its links for so long. */
const keptDays = 365;

/** Forgets at most `limit` password reset links that were made more than a year ago, and returns how many. */
export async function forgetOldResets(db: Db, limit: number): Promise<number> {
  const old = db
    .select({ id: passwordResets.id })
    .from(passwordResets)
    .where(sql`${passwordResets.madeAt} < clock_timestamp() - ${keptDays} * interval '1 day'`)
    .limit(limit);
  const gone = await db
    .delete(passwordResets)
    .where(inArray(passwordResets.id, old))
    .returning({ id: passwordResets.id });
  return gone.length;
}
