import "server-only";
import { PGlite } from "@electric-sql/pglite";
import type pg from "pg";
import type { Db } from "@/lib/db/client";

type Rows = { rows: unknown[]; rowCount: number };

/** The driver's own client behind the database. */
export function clientOf(db: Db): PGlite | pg.Pool {
  // Both drivers of drizzle keep their client there; the type that they share does not say so.
  return (db as unknown as { $client: PGlite | pg.Pool }).$client;
}

/** The database as pg-boss wants it: one text, with values or else perhaps several statements, and its rows. */
export function executeSqlOn(db: Db): (text: string, values?: unknown[]) => Promise<Rows> {
  const client = clientOf(db);
  return async (text, values) => {
    if (!(client instanceof PGlite)) {
      const { rows, rowCount } = await client.query(text, values);
      return { rows, rowCount: rowCount ?? 0 };
    }
    // Only `exec` takes several statements, and it takes no values.
    const result = values ? await client.query(text, values) : (await client.exec(text)).at(-1);
    return { rows: result?.rows ?? [], rowCount: result?.affectedRows ?? 0 };
  };
}
