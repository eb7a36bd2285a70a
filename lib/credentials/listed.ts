import "server-only";
import { and, eq, isNotNull, ne, not, or, type SQL, sql } from "drizzle-orm";
import { alias, QueryBuilder } from "drizzle-orm/pg-core";
import {
  credentialListings,
  credentials,
  endpoints,
  endsOrNever,
  servers,
  teamMembers,
  users,
} from "@/drizzle/schema";
import {
  countListed,
  granteesOf,
  type ListOrder,
  type ListPart,
  listedRows,
  type Search,
} from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import { contains, lowerContains } from "@/lib/db/contains";
import { mostCounted } from "@/lib/text/count-of";
import { endsWithin, isListedAs, isNotSuspended } from "./listed-needs";
import { type CredentialFilter, credentialIdSchema, type TileGroup } from "./schema";
import { endsSoonDays, idleDays } from "./shown-status";
import type { CredentialSort } from "./types";

/** What a list of credentials is narrowed down to. */
export type ListedCredentials = {
  readonly group: TileGroup;
  readonly kind?: ConnectorKind | undefined;
  readonly status?: CredentialFilter["status"];
  readonly q?: string;
  /** A server's id, or a part of its base URL. */
  readonly server?: string | null;
  readonly tag?: string | null;
  /** The owner's id, or a part of their name. */
  readonly owner?: string | null;
  readonly use?: CredentialFilter["use"];
  readonly sort?: CredentialSort;
};

const listing = credentialListings;

const newest: ListOrder = { by: listing.createdAt, is: "instant", hasTexts: true };

/** What a list of credentials is sorted by; those without an end come after those that end. */
export function orderOf(sort: CredentialSort | undefined): ListOrder {
  if (sort === "name") return { by: listing.name, is: "name", isAscending: true };
  if (sort === "ending") {
    return { by: endsOrNever(listing.endsAt), is: "instant", isAscending: true, never: "infinity" };
  }
  return newest;
}

/** The first credentials of a list for the actor, to join as `listed`; as `listedRows`, it says nothing about rights. */
export function listedFor(
  actor: Actor,
  wanted: ListedCredentials,
  { start = null, ...part }: Partial<ListPart> & Pick<ListPart, "limit">,
): SQL {
  return listedRows({ ...rowsOf(actor, wanted), start, ...part });
}

/** How many credentials a list has, counted up to `mostCounted`; null where that could read all that is visible. */
export function countOfListed(actor: Actor, wanted: ListedCredentials): SQL<number | null> {
  if (wanted.q || wanted.tag || wanted.use === "unused") return sql<null>`null`;
  return countListed(rowsOf(actor, { ...wanted, sort: null }), mostCounted + 1);
}

function rowsOf(
  actor: Actor,
  { group, kind, status = null, server, owner, tag, use, q = "", sort }: ListedCredentials,
) {
  return {
    ...{ listing, id: listing.credentialId, order: orderOf(sort) },
    grantees: granteesIn(actor, group),
    search: searched([q, tag ? tagText(tag) : ""]),
    where: and(
      ...[isInGroup(actor, group), kind && eq(listing.kind, kind), hasStatus(status)],
      ...[
        server ? isOn(server) : undefined,
        owner ? isOwnedBy(owner) : undefined,
        tag ? lowerContains(listing.search, tagText(tag)) : undefined,
        use ? isUsedAs[use] : undefined,
        matches(q),
      ],
    ),
  };
}

/** The grantees through whom the actor sees a group: for a team that the actor is not in, nobody. */
export function granteesIn(actor: Actor, group: TileGroup): SQL {
  if (group.kind === "mine") return sql`array[${actor.userId}::uuid]`;
  if (group.kind !== "team") return granteesOf(actor.userId);
  return sql`array(select ${teamMembers.teamId} from ${teamMembers} where ${teamMembers.teamId} = ${group.teamId}
    and ${teamMembers.userId} = ${actor.userId} and ${teamMembers.endedAt} is null)`;
}

/** The condition for the rows of those grantees; a team's group includes what the actor shared with it. */
export function isInGroup(actor: Actor, group: TileGroup): SQL | undefined {
  if (group.kind === "mine") return eq(listing.ownerId, actor.userId);
  return group.kind === "shared" ? ne(listing.ownerId, actor.userId) : undefined;
}

function isOn(server: string): SQL {
  if (credentialIdSchema.safeParse(server).success) return eq(listing.serverId, server);
  return sql`${listing.serverId} in (select ${servers.id} from ${servers} where ${contains(servers.baseUrl, server)})`;
}

// An id that owns nothing visible finds nothing, whether there is such a user or not.
function isOwnedBy(owner: string): SQL {
  if (credentialIdSchema.safeParse(owner).success) return eq(listing.ownerId, owner);
  return sql`${listing.ownerId} in (select ${users.id} from ${users} where ${contains(users.name, owner)})`;
}

// As the listing's search text has a tag: as a whole between two separators. The name and all tags are never cut.
function tagText(tag: string): string {
  return `\x1f#${tag}\x1f`;
}

function searched(typed: readonly string[]): Search | undefined {
  const texts = typed.filter((text) => text !== "");
  return texts.length > 0 ? { few: "few_credentials", texts } : undefined;
}

// By nobody: a use that the actor may not see counts as well.
const isUsedAs = {
  unused: sql`not exists (select 1 from ${endpoints} where ${endpoints.credentialId} = ${listing.credentialId})`,
  idle: sql`${listing.idleSince} < (now() at time zone 'UTC')::date - ${idleDays}::int`,
} as const;

function hasStatus(status: CredentialFilter["status"]): SQL | undefined {
  if (status === null) return undefined;
  return status === "suspended" ? not(isNotSuspended) : and(hasShownStatus(status), isNotSuspended);
}

// "ends-soon" and "ended" as `shownBadges` and the warnings about keys have them.
function hasShownStatus(status: Exclude<CredentialFilter["status"], "suspended" | null>): SQL | undefined {
  switch (status) {
    case "rejected":
    case "locked":
      return eq(listing.status, status);
    case "ended":
      return isListedAs.ended;
    case "ends-soon":
      return endsWithin(endsSoonDays);
    case "unreachable":
      return sql`${listing.serverId} in (select ${servers.id} from ${servers} where ${isNotNull(servers.unreachableSince)})`;
    default:
      return and(eq(listing.status, status), sql`(${listing.endsAt} <= now()) is not true`);
  }
}

// Reads the index alone, but for rows that hold more text than the index.
function matches(q: string): SQL | undefined {
  if (q === "") return undefined;
  const [whole, server] = [alias(credentials, "whole"), alias(servers, "server")];
  const isFound = new QueryBuilder()
    .select({ one: sql`1` })
    .from(whole)
    .innerJoin(server, eq(server.id, whole.serverId))
    .where(
      and(
        eq(whole.id, listing.credentialId),
        or(contains(whole.name, q), contains(whole.description, q), contains(server.baseUrl, q)),
      ),
    );
  return sql`(${lowerContains(listing.search, q)} or (${listing.isCut} and exists (${isFound})))`;
}
