import "server-only";
import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { alias, QueryBuilder } from "drizzle-orm/pg-core";
import { endpointListings, endpoints, ranOrNever } from "@/drizzle/schema";
import type { GranteeId } from "@/lib/access/grants";
import {
  countListed,
  firstListed,
  granteesOf,
  type ListOrder,
  type ListPart,
  listedRows,
} from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { contains, lowerContains } from "@/lib/db/contains";
import type { Direction } from "@/lib/paths";
import { mostCounted } from "@/lib/text/count-of";
import { lostLately } from "./lost";
import type { EndpointSort } from "./types";

/** What a list of sources or destinations is narrowed down to. */
export type ListedEndpoints = {
  readonly direction: Direction;
  /** A text of their names or descriptions. */
  readonly q?: string;
  /** Only those whose newest run failed or is incomplete, without those that the start page tells as stopped. */
  readonly isToTend?: boolean;
  readonly sort?: EndpointSort;
};

const listing = endpointListings;

const newest: ListOrder = { by: listing.createdAt, is: "instant", hasTexts: true };

/** What a list is sorted by; those that have never run come after those that have. */
export function orderOf(sort: EndpointSort | undefined): ListOrder {
  if (sort === "name") return { by: listing.name, is: "name", isAscending: true };
  if (sort === "run") return { by: ranOrNever(listing.lastRunAt), is: "instant", never: "-infinity" };
  return newest;
}

/** The first sources or destinations of a list for the actor, to join as `listed`; as `listedRows`, it says nothing about rights. */
export function listedEndpoints(
  actor: Actor,
  wanted: ListedEndpoints,
  { start = null, ...part }: Partial<ListPart> & Pick<ListPart, "limit">,
): SQL {
  return listedRows({ ...rowsOf(actor, wanted), start, ...part });
}

/** How many a list has, counted up to `mostCounted`; null for a search, which would read all that is visible. */
export function countOfListed(actor: Actor, wanted: ListedEndpoints): SQL<number | null> {
  if (wanted.q) return sql<null>`null`;
  return countListed(rowsOf(actor, { ...wanted, sort: null }), mostCounted + 1);
}

function rowsOf(actor: Actor, { direction, q = "", isToTend = false, sort }: ListedEndpoints) {
  return {
    ...{ listing, id: listing.endpointId, order: orderOf(sort), grantees: granteesOf(actor.userId) },
    search: q === "" ? undefined : ({ few: "few_endpoints", texts: [q] } as const),
    kind: eq(listing.direction, direction),
    where: and(isToTend ? isCounted(actor) : undefined, matches(q)),
  };
}

// As the menu counts them, which counts the others apart.
function isCounted(actor: Actor): SQL | undefined {
  const lost = sql`array(select lately.id from ${lostLately(actor.userId, mostCounted)} as lately)`;
  return and(tended, sql`${listing.endpointId} <> all(${lost})`);
}

// Reads the index alone, but for rows that hold more text than the index.
function matches(q: string): SQL | undefined {
  if (q === "") return undefined;
  const whole = alias(endpoints, "whole");
  const isFound = new QueryBuilder()
    .select({ one: sql`1` })
    .from(whole)
    .where(
      and(eq(whole.id, listing.endpointId), or(contains(whole.name, q), contains(whole.description, q))),
    );
  return sql`(${lowerContains(listing.search, q)} or (${listing.isCut} and exists (${isFound})))`;
}

const tended = isNotNull(listing.toTendSince);

/** The first whose newest run failed or is incomplete, the latest run first; to unite. */
export function firstToTend(actor: Actor, limit: number): SQL {
  return first(actor, "toTendSince", limit);
}

/** The first that ran last; to unite. */
export function firstThatRan(actor: Actor, limit: number): SQL {
  return first(actor, "lastRunAt", limit);
}

function first(actor: Actor, column: "toTendSince" | "lastRunAt", limit: number): SQL {
  const at = listing[column];
  return firstListed({
    ...{ listing, id: listing.endpointId, order: { by: at, is: "instant" } },
    ...{ grantees: granteesOf(actor.userId), where: isNotNull(at), limit },
  });
}

/**
 * How many of a direction that a user sees have a newest run that failed or is incomplete, `most` at most, without those
 * in the array `except`.
 */
export function countToTend(
  userId: GranteeId,
  direction: Direction,
  { most, except }: { most: number; except: SQL },
): SQL<number> {
  return countListed(
    {
      ...{ listing, id: listing.endpointId, order: { by: listing.toTendSince, is: "instant" } },
      grantees: granteesOf(userId),
      where: and(eq(listing.direction, direction), tended, sql`${listing.endpointId} <> all(${except})`),
    },
    most,
  );
}
