import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** True if a text column contains `text`, ignoring case; nothing in `text` is a wildcard. */
export function contains(column: PgColumn, text: string): SQL {
  return sql`${column} ilike ${`%${literal(text)}%`}`;
}

/** True if a text column begins with `text`, ignoring case; nothing in `text` is a wildcard. */
export function beginsWith(column: PgColumn, text: string): SQL<boolean> {
  return sql<boolean>`${column} ilike ${`${literal(text)}%`}`;
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
