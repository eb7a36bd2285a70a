import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { isEmbedded, poolOf } from "@/lib/db/driver";
import { advisoryLocks } from "@/lib/db/locks";
import type { Db } from "@/lib/db/types";

const pauseMs = 250;

/**
 * Runs `prepare` while no other process does: pg-boss creates its schema and queues at each start, and processes that
 * start together would deadlock. An embedded database has only one process.
 */
export async function oneAtATime(db: Db, prepare: () => Promise<void>): Promise<void> {
  if (isEmbedded(db)) return prepare();
  const connection = await poolOf(db).connect();
  try {
    // Polled: waiting in one statement would look like a server that does not answer.
    while (!(await hasLock(connection))) await sleep(pauseMs);
    await prepare();
  } finally {
    // Destroyed, not returned to the pool: closing the connection frees the lock.
    connection.release(true);
  }
}

type Connection = { query(text: string, values: unknown[]): Promise<{ rows: { taken: boolean }[] }> };

async function hasLock(connection: Connection): Promise<boolean> {
  const { rows } = await connection.query("select pg_try_advisory_lock($1) as taken", [
    advisoryLocks.jobQueues,
  ]);
  return rows[0]?.taken === true;
}
