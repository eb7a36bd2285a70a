import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { type AnyPgColumn, alias } from "drizzle-orm/pg-core";
import { endpointGrants, endpoints } from "@/drizzle/schema";
import { type GranteeId, grantedTo, whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { type EndpointRole, grantableEndpointRoles } from "./policy";

/** The one rule of visibility, for every list, get and mutation: the owner, and grantees of an active grant. */
export function visibleTo(actor: Actor): SQL {
  return seenBy(actor.userId, endpoints.id);
}

/**
 * The same rule, asked about each row. For statements that have few rows by other conditions; `visibleTo` may collect
 * all that the actor sees.
 */
export function isVisibleTo(actor: Actor): SQL {
  return sql`${roleOf(actor)} is not null`;
}

/**
 * The same rule for any user, and for a column that holds the id of a source or destination; without the access
 * through the team `without`.
 */
export function seenBy(userId: GranteeId, endpointId: AnyPgColumn, without?: string): SQL {
  const own = alias(endpoints, "own_flows");
  return sql`${endpointId} in (
    select ${own.id} from ${endpoints} as ${own} where ${own.ownerId} = ${userId}
    union all
    select ${endpointGrants.endpointId} from ${endpointGrants} where ${grantedTo(endpointGrants, userId, without)})`;
}

/** The actor's role on an endpoint of the query: the strongest of all access paths, null without one. */
export function roleOf(actor: Actor): SQL<EndpointRole | null> {
  const strongestFirst = sql.raw(`array['${grantableEndpointRoles.join("','")}']`);
  return whole(sql<EndpointRole | null>`case when ${endpoints.ownerId} = ${actor.userId} then 'owner' else (
    select (${strongestFirst})[min(array_position(${strongestFirst}, ${endpointGrants.role}))] from ${endpointGrants}
    where ${endpointGrants.endpointId} = ${endpoints.id} and ${grantedTo(endpointGrants, actor.userId)}) end`);
}
