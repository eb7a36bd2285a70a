import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** The last row of a page in a newest-first list, by instant and id; the next page starts after it. */
export type Cursor = { readonly at: Date; readonly id: string };

/** One page of a list; `next` is the next page's cursor for the URL, null on the last page. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** A cursor as text for a URL. */
export function cursorOf(at: Date, id: string): string {
  return `${at.getTime().toString(36)}.${id}`;
}

/** The cursor in a URL; null if it is absent or invalid: a list then starts at its beginning. */
export function parseCursor(text: string | undefined): Cursor | null {
  // Nine digits reach the year 5188; more could exceed what Date and the database can hold.
  const match = /^([0-9a-z]{1,9})\.([0-9a-f-]{36})$/.exec(text ?? "");
  const [, at, id] = match ?? [];
  if (!at || !id) return null;
  return { at: new Date(Number.parseInt(at, 36)), id };
}

/** The condition for the rows of a newest-first list after `cursor`; all of them for null. `at` is a column in milliseconds. */
export function before(cursor: Cursor | null, at: PgColumn, id: PgColumn): SQL | undefined {
  if (!cursor) return undefined;
  // A row comparison, which an index on the two columns answers by itself; with OR it would read all earlier rows.
  return sql`(${at}, ${id}) < (${sql.param(cursor.at, at)}, ${sql.param(cursor.id, id)})`;
}

/** One page of `rows`, from a query with a limit of `size` plus one, to know whether others follow. */
export function pageOf<Row extends { createdAt: Date; id: string }, Item>(
  rows: readonly Row[],
  size: number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  return { items: shown.map(itemOf), next: last ? cursorOf(last.createdAt, last.id) : null };
}
