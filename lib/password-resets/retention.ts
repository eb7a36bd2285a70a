import "server-only";
import { inArray, sql } from "drizzle-orm";
import { passwordResets } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** An account's page shows the state of its links for this long. */
const keptDays = 365;

/** Deletes at most `limit` password reset links that are older than a year, and returns how many. */
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
