import "server-only";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzleOnPostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzleOnPglite } from "drizzle-orm/pglite";
import pg from "pg";
import * as schema from "@/drizzle/schema";
import type { Environment } from "@/lib/env";
import { log } from "@/lib/log";
import type { Db } from "./client";
import { lockFolder } from "./folder-lock";
import { migrateDatabase, migrateUnderLock } from "./migrate";

const casing = "snake_case";

/** Opens the database that the environment names and brings its schema up to date; throws with the cause when either fails. */
export async function openDatabase(environment: Pick<Environment, "DATABASE_URL" | "DATA_DIR">): Promise<Db> {
  if (environment.DATABASE_URL) return openPostgres(environment.DATABASE_URL);
  return openEmbedded(environment.DATA_DIR);
}

async function openPostgres(connectionString: string): Promise<Db> {
  const pool = new pg.Pool({
    connectionString,
    application_name: "latchkey",
    max: 10,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
    idle_in_transaction_session_timeout: 30_000,
  });
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on("error", (error) => log().warn({ err: error }, "an idle database connection was lost"));
  await migrateUnderLock(pool);
  return drizzleOnPostgres(pool, { schema, casing });
}

async function openEmbedded(folder: string): Promise<Db> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await lockFolder(folder);
  const client = await PGlite.create(join(folder, "database"));
  const db = drizzleOnPglite(client, { schema, casing });
  await migrateDatabase(db);
  return db;
}
