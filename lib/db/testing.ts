import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzleOnPostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzleOnPglite } from "drizzle-orm/pglite";
import pg from "pg";
import { inject } from "vitest";
import * as schema from "@/drizzle/schema";
import type { Db } from "./client";
import { migrateDatabase } from "./migrate";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's own database on a server; empty for the embedded one. */
    databaseUrl: string;
  }
}

class RollBack extends Error {}

let opened: Promise<Db> | undefined;

/** The test run's real database: the server's, made by the global set-up, or an embedded one in memory for each test file. */
function testDatabase(): Promise<Db> {
  opened ??= openServerOrEmbedded();
  return opened;
}

/** Runs `body` in a transaction that is always rolled back, so that tests meet an empty database in any order. */
export async function withRollback(body: (db: Db) => Promise<void>): Promise<void> {
  const db = await testDatabase();
  await db
    .transaction(async (tx) => {
      await body(tx);
      throw new RollBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RollBack)) throw error;
    });
}

function openServerOrEmbedded(): Promise<Db> {
  const url = inject("databaseUrl");
  return url ? openServer(url) : openEmbedded();
}

async function openServer(connectionString: string): Promise<Db> {
  return drizzleOnPostgres(new pg.Pool({ connectionString, max: 8 }), { schema, casing: "snake_case" });
}

async function openEmbedded(): Promise<Db> {
  const db = drizzleOnPglite(await PGlite.create(), { schema, casing: "snake_case" });
  await migrateDatabase(db);
  return db;
}
