import "server-only";
import { sql } from "drizzle-orm";
import type { Db, Tx } from "./types";

/** The database's own clock when read, as a column: processes whose clocks differ agree on it. In milliseconds, rounded down. */
export const databaseClock = sql`clock_timestamp()`.mapWith((text: string) => new Date(text));

/** The current instant by the database's clock. */
export async function databaseNow(db: Db | Tx): Promise<Date> {
  const [row] = await db.select({ now: databaseClock }).from(sql`(values (1)) as one`);
  if (!row) throw new Error("the database returned no time");
  return row.now;
}
