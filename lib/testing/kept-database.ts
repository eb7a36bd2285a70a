import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import * as schema from "@/drizzle/schema";
import { embeddedPool } from "@/lib/db/embedded-pool";
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
  const pool =
    kept.kind === "server"
      ? new pg.Pool({ connectionString: kept.url })
      : embeddedPool({ path: kept.folder, ...(kept.from ? { template: kept.from } : {}) });
  // At once, not with the first statement: an embedded one is unpacked then.
  await pool.query("select 1");
  return { db: drizzle(pool, options), close: () => pool.end() };
}
