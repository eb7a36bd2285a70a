import "server-only";
import { setTimeout } from "node:timers/promises";
import type { PGlite } from "@electric-sql/pglite";
import type pg from "pg";
import { databaseFaultOf } from "@/lib/db/fault";
import type { Db } from "@/lib/db/types";

type Rows = { rows: unknown[]; rowCount: number };

type Client = Pick<PGlite, "query" | "exec"> | pg.Pool;

/** The driver's client of the database. */
export function clientOf(db: Db): Client {
  // Both drivers of drizzle keep their client there; their common type does not declare it.
  return (db as unknown as { $client: Client }).$client;
}

/** True for the connections to a server, false for the embedded database. */
export function isPool(client: Client): client is pg.Pool {
  return "totalCount" in client;
}

/** How often a statement is tried in all, and the pause between attempts. */
const attempts = 3;
const waitMs = 250;

/**
 * The database as pg-boss expects it: one SQL text, with values, or perhaps several statements without; resolves to
 * rows. A statement whose connection is lost runs again: pg-boss marks a job as done without awaiting it, so no code
 * would catch the failure. Its statements may be repeated: a job that was taken twice expires and is handed out
 * again.
 */
export function executeSqlOn(db: Db): (text: string, values?: unknown[]) => Promise<Rows> {
  const client = clientOf(db);
  return async (text, values) => {
    if (isPool(client)) {
      const { rows, rowCount } = await again(() => client.query(text, values));
      return { rows, rowCount: rowCount ?? 0 };
    }
    // Only `exec` takes several statements, and it takes no values.
    const result = values ? await client.query(text, values) : (await client.exec(text)).at(-1);
    return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? 0 };
  };
}

async function again<T>(run: () => Promise<T>, left = attempts - 1): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (left === 0 || databaseFaultOf(error) !== "unavailable") throw error;
    await setTimeout(waitMs);
    return again(run, left - 1);
  }
}
