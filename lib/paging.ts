import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { storableText } from "@/lib/text/storable-text";

/** What a list is sorted by, in one row: a name or an instant; null for an instant that is never. */
export type SortKey = Date | string | null;

/** A row's place in a list, by what the list is sorted by and by the row's id. */
export type Cursor<Key extends SortKey = SortKey> = { readonly at: Key; readonly id: string };

/** Where a page begins: with the rows after `cursor`, or `isBefore`, with those that end right before it. */
export type PageStart = { readonly cursor: Cursor; readonly isBefore: boolean };

/** The parameters of an address that say where a page begins. */
export type PageParameters = { readonly after?: string | undefined; readonly before?: string | undefined };

/** One page of a list. `next` and `previous` are cursors for the URL, null at the list's ends. */
export type Page<Item> = {
  readonly items: readonly Item[];
  /** For the parameter `after`. */
  readonly next: string | null;
  /** For the parameter `before`. */
  readonly previous: string | null;
};

/** A page that says how many items the list has, counted up to `mostCounted`; null where counting costs too much. */
export type CountedPage<Item> = Page<Item> & { readonly total: number | null };

/** A cursor as text for a URL. */
export function cursorOf(at: SortKey, id: string): string {
  if (typeof at === "string") return `~${at}.${id}`;
  return `${at === null ? "-" : at.getTime().toString(36)}.${id}`;
}

/**
 * The cursor in a URL; null if it is absent or invalid: a list then starts at its beginning. A list with `sort` "name" has
 * cursors by names, all others by instants.
 */
export function parseCursor(text: string | undefined, sort: string | null = null): Cursor | null {
  if (sort === "name") {
    // As long as any name can be, without what a database refuses.
    const [, name, id] = /^~([^\p{Cc}\p{Cs}]{1,400})\.([0-9a-f-]{36})$/u.exec(text ?? "") ?? [];
    return name && isUuid(id) ? { at: name, id } : null;
  }
  // Nine digits reach the year 5188; more could exceed what Date and the database can hold.
  const [, at, id] = /^(-|[0-9a-z]{1,9})\.([0-9a-f-]{36})$/.exec(text ?? "") ?? [];
  if (!at || !isUuid(id)) return null;
  return { at: at === "-" ? null : new Date(Number.parseInt(at, 36)), id };
}

// The database refuses what is none.
function isUuid(id: string | undefined): id is string {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id ?? "");
}

/** Where the page of a URL begins, `sort` as above; null for the list's first page. */
export function parseStart(parameters: PageParameters, sort: string | null = null): PageStart | null {
  return startOf(parameters, (text) => parseCursor(text, sort));
}

/** The same for a list with cursors of its own. */
export function startOf(
  { after, before }: PageParameters,
  parse: (text: string | undefined) => Cursor | null,
): PageStart | null {
  const older = parse(after);
  if (older) return { cursor: older, isBefore: false };
  const newer = parse(before);
  return newer && { cursor: newer, isBefore: true };
}

/** The condition for the rows of a newest-first list from `start` on; all of them for null. `at` is a column in milliseconds. */
export function isFrom(start: PageStart | null, at: PgColumn, id: PgColumn): SQL | undefined {
  if (!start) return undefined;
  const { cursor, isBefore } = start;
  // A row comparison, which an index on the two columns answers by itself; with OR it would read all earlier rows.
  const compared = sql.raw(isBefore ? ">" : "<");
  return sql`(${at}, ${id}) ${compared} (${sql.param(cursor.at, at)}, ${sql.param(cursor.id, id)})`;
}

/** The order in which `readPage` reads a newest-first list from `start` on. */
export function inOrder(start: PageStart | null, at: PgColumn, id: PgColumn): SQL[] {
  return start?.isBefore ? [asc(at), asc(id)] : [desc(at), desc(id)];
}

/** How `readPage` reads: where it starts, how many rows at most, and what a row is sorted by. */
export type PageReader<Row> = {
  readonly start: PageStart | null;
  readonly size: number;
  /** Reads the rows next to the start, the nearest first. */
  readonly read: (start: PageStart | null, limit: number) => PromiseLike<readonly Row[]>;
  readonly keyOf: (row: Row) => SortKey;
};

/**
 * One page of `size` rows. Beyond either end of the list, and if the rows after the cursor were deleted, it is the whole
 * first page.
 */
export async function readPage<Row extends { id: string | number }, Item>(
  { start, size, read, keyOf }: PageReader<Row>,
  itemOf: (row: Row) => Item,
): Promise<Page<Item>> {
  const cursorAt = (row: Row) => cursorOf(keyOf(row), String(row.id));
  const page = await readBeside({ start, size, read, cursorAt });
  return { ...page, items: page.items.map(itemOf) };
}

/** Where a page of a list begins whose rows are sorted by a key of their own, as the text in its URL. */
export type KeyStart = { readonly key: string; readonly isBefore: boolean };

/** The same as `parseStart` for a list by keys. The database takes any key that this returns. */
export function parseKeyStart({ after, before }: PageParameters): KeyStart | null {
  const key = after ?? before;
  return key === undefined ? null : { key: storableText(key), isBefore: after === undefined };
}

/** Like `readPage`, for a list by keys. */
export function readKeyPage<Row>(reader: {
  readonly start: KeyStart | null;
  readonly size: number;
  readonly read: (start: KeyStart | null, limit: number) => PromiseLike<readonly Row[]>;
  readonly keyOf: (row: Row) => string;
}): Promise<Page<Row>> {
  return readBeside({ ...reader, cursorAt: reader.keyOf });
}

type Reader<Row, Start> = {
  readonly start: Start | null;
  readonly size: number;
  readonly read: (start: Start | null, limit: number) => PromiseLike<readonly Row[]>;
  readonly cursorAt: (row: Row) => string;
};

async function readBeside<Row, Start extends { isBefore: boolean }>(
  reader: Reader<Row, Start>,
): Promise<Page<Row>> {
  const { start, size, read, cursorAt } = reader;
  // One more than is shown, to know whether others follow.
  const rows = await read(start, size + 1);
  const isBefore = start?.isBefore ?? false;
  const hasMore = rows.length > size;
  if (start && (isBefore ? !hasMore : rows.length === 0)) return readBeside({ ...reader, start: null });
  const items = rows.slice(0, size);
  if (isBefore) items.reverse();
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    next: last && (isBefore || hasMore) ? cursorAt(last) : null,
    previous: first && start ? cursorAt(first) : null,
  };
}

/** What a row of a newest-first list is sorted by, for `readPage`. */
export function createdAtOf({ createdAt }: { createdAt: Date }): Date {
  return createdAt;
}
