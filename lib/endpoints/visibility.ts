import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { endpointGrants, endpoints } from "@/drizzle/schema";
import { grantedTo, whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { type EndpointRole, grantableEndpointRoles } from "./policy";

/** The one rule of visibility, for every list, get and mutation: the owner, and grantees of an active grant. */
export function visibleTo(actor: Actor): SQL {
  const own = alias(endpoints, "own_flows");
  return sql`${endpoints.id} in (
    select ${own.id} from ${endpoints} as ${own} where ${own.ownerId} = ${actor.userId}
    union all
    select ${endpointGrants.endpointId} from ${endpointGrants} where ${grantedTo(endpointGrants, actor.userId)})`;
}

/** The actor's role on an endpoint of the query: the strongest of all access paths, null without one. */
export function roleOf(actor: Actor): SQL<EndpointRole | null> {
  const strongestFirst = sql.raw(`array['${grantableEndpointRoles.join("','")}']`);
  return whole(sql<EndpointRole | null>`case when ${endpoints.ownerId} = ${actor.userId} then 'owner' else (
    select (${strongestFirst})[min(array_position(${strongestFirst}, ${endpointGrants.role}))] from ${endpointGrants}
    where ${endpointGrants.endpointId} = ${endpoints.id} and ${grantedTo(endpointGrants, actor.userId)}) end`);
}
