import "server-only";
import { PGlite } from "@electric-sql/pglite";
import type { Db } from "@/lib/db/client";
import { advisoryLocks } from "@/lib/db/locks";
import { clientOf } from "./execute-sql";

/**
 * Runs `prepare` while no other process does: pg-boss makes its schema and queues at each start, and processes that start
 * together would meet in a deadlock. An embedded database has one process anyway.
 */
export async function oneAtATime(db: Db, prepare: () => Promise<void>): Promise<void> {
  const client = clientOf(db);
  if (client instanceof PGlite) return prepare();
  const connection = await client.connect();
  try {
    // Waiting for the others may take longer than a statement of a page ever should.
    await connection.query("set statement_timeout = 0");
    await connection.query("select pg_advisory_lock($1)", [advisoryLocks.jobQueues]);
    await prepare();
  } finally {
    // Destroyed, not returned: closing the connection frees the lock and takes its settings along.
    connection.release(true);
  }
}
