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
  /** True if the order's index has the texts that a search compares. */
  readonly hasTexts?: boolean;
};

/** The part of a list to read: the rows next to `start`, the nearest first, at most `limit`. */
export type ListPart = {
  readonly start: PageStart | null;
  readonly limit: number;
  readonly bounds?: SearchBounds | undefined;
};

/**
 * How far a search goes before it looks for less: of each grantee's rows it reads `lookedAt`, and then it asks whether
 * `few` at most have the text, which it reads all, to sort them.
 */
export type SearchBounds = { readonly lookedAt: number; readonly few: number };

// Where the texts are not in the index, few rows are looked at: each is read from the table, and for more of them than the
// planner expects of an average grantee, it would read all and sort them.
function usualBounds({ hasTexts = false }: ListOrder): SearchBounds {
  return { lookedAt: hasTexts ? 2_000 : 100, few: 1_000 };
}

/** What a list wants of a listing: the first rows in an order, of these grantees. */
type Wanted = Partial<ListPart> & {
  readonly listing: typeof credentialListings | typeof endpointListings;
  readonly id: PgColumn;
  readonly order: ListOrder;
  readonly grantees: SQL;
  /** What the index of each order begins with, after the grantee. */
  readonly kind?: SQL;
  readonly where: SQL | undefined;
  /** What the rows surely contain, if the list is searched. */
  readonly search?: Search | undefined;
  readonly limit: number;
};

/** The texts that a list is searched for, and the database's function that finds the few items with all of them. */
export type Search = { readonly few: "few_credentials" | "few_endpoints"; readonly texts: readonly string[] };

/**
 * The ids and sort keys of the first rows of a list, as a table named `listed` to join. Each grantee gives its own first
 * rows from an index, and these are merged: the time does not grow with what the grantees have. It says nothing about
 * rights: the statement that joins it asks the rule of visibility about each row.
 */
export function listedRows(wanted: Wanted): SQL {
  return sql`${firstListed(wanted)} as listed`;
}

/** The same without a name, to unite several. */
export function firstListed(wanted: Wanted): SQL {
  const { order, grantees, search, start = null, limit } = wanted;
  const to = direction(order, start);
  const ofGrantee = search ? searchedOf(wanted, search) : firstOf(wanted);
  return sql`(
    select nearest.id, nearest.at from unnest(${grantees}) as grantees (id) cross join lateral (${ofGrantee}) as nearest
    group by nearest.id, nearest.at order by nearest.at ${to}, nearest.id ${to} limit ${written(limit)})`;
}

// The first rows of one grantee, along the order's index.
function firstOf(wanted: Wanted, onlyIf?: SQL): SQL {
  const { listing, id, order } = wanted;
  return sql`select ${id} as id, ${order.by} as at from ${listing}
    where ${and(ofOneGrantee(wanted), onlyIf, wanted.where)} ${nearestFirst(wanted)} limit ${written(wanted.limit)}`;
}

// The same for a search. What many rows have is soon found along the index, and what few have by the few items; only what
// is neither among the first rows nor rare is looked for in all.
function searchedOf(wanted: Wanted, { few, texts }: Search): SQL {
  const { listing, id, order, limit, where, bounds = usualBounds(order) } = wanted;
  const nearest = sql`${nearestFirst(wanted)} limit`;
  return sql`
    with looked as materialized (
      select ${id} as id, ${order.by} as at, ${where ?? sql`true`} as is_found from (
        select * from ${listing} where ${ofOneGrantee(wanted)} ${nearest} ${written(bounds.lookedAt)}) as ${listing}),
    enough as materialized (
      select count(*) < ${bounds.lookedAt} or count(*) filter (where is_found) >= ${limit} as is_enough from looked),
    few as materialized (
      select case when not is_enough then
        ${sql.raw(few)}(grantees.id, array[${sql.join(
          texts.map((text) => sql`lower(${text})`),
          sql`, `,
        )}], ${bounds.few}) end as ids
      from enough)
    select id, at from looked where is_found and (select is_enough from enough)
    union all
    select ${id}, ${order.by} from unnest((select ids from few)) as found (id)
      join ${listing} on ${and(sql`${id} = found.id`, ofOneGrantee(wanted))} where ${where ?? sql`true`}
    union all
    (${firstOf(wanted, sql`(select not is_enough from enough) and (select ids is null from few)`)})`;
}

function ofOneGrantee({ listing, id, order, kind, start = null }: Wanted): SQL | undefined {
  return and(sql`${listing.granteeId} = grantees.id`, kind, isFrom(order, id, start));
}

function nearestFirst({ id, order, start = null }: Wanted): SQL {
  const to = direction(order, start);
  return sql`order by ${order.by} ${to}, ${id} ${to}`;
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
export function countListed(
  { listing, id, order, grantees, kind, where }: Counted,
  most: number,
): SQL<number> {
  const isCounted = and(sql`${listing.granteeId} = grantees.id`, kind, where);
  const limit = written(most);
  return sql<number>`(select least(count(distinct counted.id), ${limit})::int
    from unnest(${grantees}) as grantees (id) cross join lateral (
      select ${id} as id from ${listing} where ${isCounted}
      order by ${order.by} desc limit ${limit}) as counted)`;
}

// Written out: a plan that is made once for all values must know how few rows are wanted.
function written(most: number): SQL {
  return sql.raw(String(Math.trunc(most)));
}

type Counted = Pick<Wanted, "listing" | "id" | "order" | "grantees" | "kind" | "where">;
