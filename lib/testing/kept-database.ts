import { openAsBlob } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { drizzle as drizzleOnPostgres } from "drizzle-orm/node-postgres";
import { drizzle as drizzleOnPglite } from "drizzle-orm/pglite";
import pg from "pg";
import * as schema from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/** A database that outlives its process; `from` is the template for an embedded one that does not exist yet. */
export type KeptDatabase =
  | { kind: "server"; url: string }
  | { kind: "embedded"; folder: string; from?: string };

/** Opens it; calls `onStatement` before each statement is sent. No other process may have an embedded one open. */
export async function openKept(
  kept: KeptDatabase,
  onStatement: () => void = () => undefined,
): Promise<{ db: Db; close: () => Promise<void> }> {
  const options = { schema, casing: "snake_case" as const, logger: { logQuery: onStatement } };
  if (kept.kind === "server") {
    const pool = new pg.Pool({ connectionString: kept.url });
    return { db: drizzleOnPostgres(pool, options), close: () => pool.end() };
  }
  const template = kept.from ? { loadDataDir: await openAsBlob(kept.from) } : {};
  const client = await PGlite.create({ dataDir: kept.folder, ...template });
  return { db: drizzleOnPglite(client, options), close: () => client.close() };
}
