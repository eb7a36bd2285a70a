import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** True if a text column contains `text`, ignoring case; nothing in `text` is a wildcard. */
export function contains(column: PgColumn, text: string): SQL {
  return sql`${column} ilike ${containing(text)}`;
}

/** The pattern for texts that contain `text`, for `like` and `ilike`; nothing in `text` is a wildcard. */
export function containing(text: string): string {
  return `%${literal(text)}%`;
}

/**
 * The same for a column whose text is in lower case. It compares bytes, which finds the same in UTF-8 and takes less
 * time: a search reads many rows.
 */
export function lowerContains(column: PgColumn, text: string): SQL {
  return sql`${column} collate "C" like lower(${containing(text)})`;
}

/** True if a text column begins with `text`, ignoring case; nothing in `text` is a wildcard. */
export function beginsWith(column: PgColumn, text: string): SQL<boolean> {
  return sql<boolean>`${column} ilike ${`${literal(text)}%`}`;
}

function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}
