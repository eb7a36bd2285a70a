import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

/** Where a newest-first list goes on: after the row of this instant and id. */
export type Cursor = { readonly at: Date; readonly id: string };

/** One page of a list; `next` is the cursor of the following page as text for an address, null on the last page. */
export type Page<Item> = { readonly items: readonly Item[]; readonly next: string | null };

/** A cursor as text for an address. */
export function cursorOf(at: Date, id: string): string {
  return `${at.getTime().toString(36)}.${id}`;
}

/** The cursor in an address, or null for none and for nonsense: a list then starts at its beginning. */
export function parseCursor(text: string | undefined): Cursor | null {
  // Nine digits reach the year 5188; more could name an instant that neither Date nor the database has.
  const match = /^([0-9a-z]{1,9})\.([0-9a-f-]{36})$/.exec(text ?? "");
  const [, at, id] = match ?? [];
  if (!at || !id) return null;
  return { at: new Date(Number.parseInt(at, 36)), id };
}

/** The rows that a newest-first list shows after `cursor`; all of them for null. `at` is a column in milliseconds. */
export function before(cursor: Cursor | null, at: PgColumn, id: PgColumn): SQL | undefined {
  if (!cursor) return undefined;
  // Compared as a row, which an index on the two columns answers by itself; with OR it would read all rows before.
  return sql`(${at}, ${id}) < (${sql.param(cursor.at, at)}, ${sql.param(cursor.id, id)})`;
}

/** One page of `rows`, which were asked for with one more than `size` so as to know whether others follow. */
export function pageOf<Row extends { createdAt: Date; id: string }, Item>(
  rows: readonly Row[],
  size: number,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, size);
  const last = rows.length > size ? shown.at(-1) : undefined;
  return { items: shown.map(itemOf), next: last ? cursorOf(last.createdAt, last.id) : null };
}
