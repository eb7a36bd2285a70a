import "server-only";
import type pg from "pg";
import type { EmbeddedPool } from "./embedded-pool";
import type { Db } from "./types";

/** The pool of connections behind the database. */
export function poolOf(db: Db): pg.Pool {
  // drizzle keeps it there; the type that its drivers share does not declare it.
  return (db as unknown as { $client: pg.Pool }).$client;
}

/** True for the embedded database: it has one connection, and no other process uses it. */
export function isEmbedded(db: Db): boolean {
  return isEmbeddedPool(poolOf(db));
}

/**
 * Does a piece of work that no user waits for. With the embedded database, pages come before it (`inBackground` of its
 * pool); a server takes it at once.
 */
export function inBackground<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const pool = poolOf(db);
  return isEmbeddedPool(pool) ? pool.inBackground(work) : work();
}

/** Marks the statements of background jobs, and of all that they start, as those of no page; see `inBackground`. */
export function asBackground<T>(db: Db, work: () => T): T {
  const pool = poolOf(db);
  return isEmbeddedPool(pool) ? pool.asBackground(work) : work();
}

/** True if pages would wait for a long piece of background work: on the embedded database while somebody uses the portal. */
export function delaysPages(db: Db): boolean {
  const pool = poolOf(db);
  return isEmbeddedPool(pool) && pool.isInUse();
}

// Not by its class: the bundler may have made it twice.
function isEmbeddedPool(pool: pg.Pool): pool is EmbeddedPool {
  return "isEmbedded" in pool;
}
