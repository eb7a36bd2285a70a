import "server-only";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import type pg from "pg";
import { advisoryLocks } from "./locks";

const migrationsFolder = join(process.cwd(), "drizzle", "migrations");

/** Thrown if a newer Latchkey has migrated the database. */
export class SchemaTooNewError extends Error {
  override name = "SchemaTooNewError";
}

/**
 * Brings a PostgreSQL server's schema up to date; processes that start together wait for each other, because
 * `migrate` itself races.
 */
export async function migrateUnderLock(pool: pg.Pool): Promise<void> {
  const connection = await pool.connect();
  try {
    // Waiting for another process, and a migration itself, may take longer than a page's statements.
    await connection.query("set statement_timeout = 0");
    await connection.query("select pg_advisory_lock($1)", [advisoryLocks.migrate]);
    await migrateDatabase(drizzle(connection));
  } finally {
    // Destroyed, not returned to the pool: closing the connection frees the lock and drops its settings.
    connection.release(true);
  }
}

/** Brings a database's schema up to date that no other process migrates at the same time. */
export async function migrateDatabase<Schema extends Record<string, unknown>>(
  db: NodePgDatabase<Schema>,
): Promise<void> {
  await refuseNewerSchema(db);
  await migrate(db, { migrationsFolder });
}

async function refuseNewerSchema<Schema extends Record<string, unknown>>(
  db: NodePgDatabase<Schema>,
): Promise<void> {
  const known = readMigrationFiles({ migrationsFolder });
  const journal = await db.execute(
    sql`select to_regclass('drizzle.__drizzle_migrations') is not null as exists`,
  );
  if (journal.rows[0]?.exists !== true) return;
  const newest = await db.execute(sql`select max(created_at)::text as at from drizzle.__drizzle_migrations`);
  const newestKnown = known.at(-1)?.folderMillis ?? 0;
  if (Number(newest.rows[0]?.at ?? 0) <= newestKnown) return;
  throw new SchemaTooNewError(
    "The database was set up by a newer Latchkey. Start that version, or a newer one.",
  );
}
