import "server-only";
import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { credentialListings, endpointListings } from "@/drizzle/schema";
import type { PageStart, SortKey } from "@/lib/paging";
import { type GranteeId, teamsOf } from "./grants";

/** The grantees through whom a user sees anything: the user, and every team that they are in now; an array. */
export function granteesOf(userId: GranteeId): SQL {
  return sql`array_append(${teamsOf(userId)}, ${userId}::uuid)`;
}

/** What a listing is sorted by, in the order of an index, and then by the item's id. */
export type ListOrder = {
  /** A column, or an expression that puts `never` in place of null. */
  readonly by: SQLWrapper;
  readonly is: "instant" | "name";
  readonly isAscending?: boolean;
  readonly never?: "infinity" | "-infinity";
};

/** The part of a list to read: the rows next to `start`, the nearest first, at most `limit`. */
export type ListPart = { readonly start: PageStart | null; readonly limit: number };

/** What a list wants of a listing: the first rows in an order, of these grantees. */
type Wanted = Partial<ListPart> & {
  readonly listing: typeof credentialListings | typeof endpointListings;
  readonly id: PgColumn;
  readonly order: ListOrder;
  readonly grantees: SQL;
  readonly where: SQL | undefined;
  readonly limit: number;
};

/**
 * The ids and sort keys of the first rows of a list, as a table named `listed` to join. Each grantee gives its own first
 * rows from an index, and these are merged: the time does not grow with what the grantees have. It says nothing about
 * rights: the statement that joins it asks the rule of visibility about each row.
 */
export function listedRows(wanted: Wanted): SQL {
  return sql`${firstListed(wanted)} as listed`;
}

/** The same without a name, to unite several. */
export function firstListed({ listing, id, order, grantees, where, start = null, limit }: Wanted): SQL {
  const isWanted = and(sql`${listing.granteeId} = grantees.id`, where, isFrom(order, id, start));
  const to = direction(order, start);
  return sql`(
    select nearest.id, nearest.at from unnest(${grantees}) as grantees (id) cross join lateral (
      select ${id} as id, ${order.by} as at from ${listing} where ${isWanted}
      order by ${order.by} ${to}, ${id} ${to} limit ${limit}
    ) as nearest group by nearest.id, nearest.at order by nearest.at ${to}, nearest.id ${to} limit ${limit})`;
}

/** The order of a statement that joins `listed`: the nearest to `start` first, as `readPage` wants it. */
export function inListedOrder(order: ListOrder, start: PageStart | null): SQL[] {
  const to = direction(order, start);
  return [sql`listed.at ${to}`, sql`listed.id ${to}`];
}

/** What the rows of `listed` are sorted by, as text to select; `listedKeyOf` reads it. */
export function listedKey({ is }: ListOrder): SQL<string> {
  return is === "name" ? sql<string>`listed.at` : sql<string>`(extract(epoch from listed.at) * 1000)::text`;
}

/** The sort key in the text of `listedKey`. */
export function listedKeyOf({ is }: ListOrder, text: string): SortKey {
  if (is === "name") return text;
  return /infinity/i.test(text) ? null : new Date(Number(text));
}

function direction({ isAscending = false }: ListOrder, start: PageStart | null): SQL {
  return sql.raw(isAscending === (start?.isBefore ?? false) ? "desc" : "asc");
}

function isFrom(order: ListOrder, id: PgColumn, start: PageStart | null): SQL | undefined {
  if (!start) return undefined;
  const { at, id: idAt } = start.cursor;
  const key =
    typeof at === "string" ? sql`${at}` : sql`${at?.toISOString() ?? order.never ?? null}::timestamptz`;
  const compared = sql.raw((order.isAscending ?? false) === start.isBefore ? "<" : ">");
  // A row comparison, which the index answers by itself.
  return sql`(${order.by}, ${id}) ${compared} (${key}, ${sql.param(idAt, id)})`;
}

/**
 * How many of these listed items the grantees have together, `most` at most: an expression. Each grantee gives no more
 * than that, in the order of an index, so the time does not grow with what they have or others have.
 */
export function countListed({ listing, id, order, grantees, where }: Counted, most: number): SQL<number> {
  const isCounted = and(sql`${listing.granteeId} = grantees.id`, where);
  // Written out: a plan that is made once for all values must know how few rows are wanted.
  const limit = sql.raw(String(Math.trunc(most)));
  return sql<number>`(select least(count(distinct counted.id), ${limit})::int
    from unnest(${grantees}) as grantees (id) cross join lateral (
      select ${id} as id from ${listing} where ${isCounted}
      order by ${order.by} desc limit ${limit}) as counted)`;
}

type Counted = Pick<Wanted, "listing" | "id" | "order" | "grantees" | "where">;
