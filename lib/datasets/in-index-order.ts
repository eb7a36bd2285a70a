import "server-only";
import { sql } from "drizzle-orm";
import type { Db, Tx } from "@/lib/db/types";

/**
 * Runs queries that read records in the order of an index up to a limit, and makes the planner use that index. Without
 * statistics it takes a data set for a few hundred rows and sorts all of a million, for each page: before a server's
 * first analysis of a table, and always on the embedded database, which makes none by itself.
 */
export async function inIndexOrder<T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true),
      set_config('enable_seqscan', 'off', true)`);
    return read(tx);
  });
}
