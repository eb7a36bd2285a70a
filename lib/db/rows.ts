import "server-only";
import type { SQL } from "drizzle-orm";
import type { Db, Tx } from "./types";

/** The rows of a statement that drizzle cannot build, with the database's column names and the driver's types. */
export async function rowsOf(db: Db | Tx, statement: SQL): Promise<readonly Record<string, unknown>[]> {
  const result = await db.execute(statement);
  // Both drivers return an object with rows; drizzle's common type does not declare it.
  return (result as unknown as { rows: Record<string, unknown>[] }).rows;
}
