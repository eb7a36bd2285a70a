import "server-only";
import { setTimeout } from "node:timers/promises";
import type { PGlite } from "@electric-sql/pglite";
import type pg from "pg";
import { databaseFaultOf } from "@/lib/db/fault";
import type { Db } from "@/lib/db/types";

type Rows = { rows: unknown[]; rowCount: number };

type Client = Pick<PGlite, "query" | "exec"> | pg.Pool;

/** The driver's own client behind the database. */
export function clientOf(db: Db): Client {
  // Both drivers of drizzle keep their client there; the type that they share does not say so.
  return (db as unknown as { $client: Client }).$client;
}

/** True for the connections to a server, false for the embedded database. */
export function isPool(client: Client): client is pg.Pool {
  return "totalCount" in client;
}

/** How often a statement is run, the first time included, and how long it waits before the next time. */
const attempts = 3;
const waitMs = 250;

/**
 * The database as pg-boss wants it: one text, with values or else perhaps several statements, and its rows. A statement
 * whose connection is lost is run again: pg-boss marks a job as done without waiting for it, so that a failure there is
 * caught by nobody. Its statements may be repeated: a job that was taken twice expires and is given out again.
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
