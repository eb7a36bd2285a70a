import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { flowGrants, flows } from "@/drizzle/schema";
import { heldBy, whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { type FlowRole, grantableFlowRoles } from "./policy";

/** The one rule of who sees a source or destination, for every list, get and mutation: its owner, and whom a grant reaches. */
export function visibleTo(actor: Actor): SQL {
  const own = alias(flows, "own_flows");
  return sql`${flows.id} in (
    select ${own.id} from ${flows} as ${own} where ${own.ownerId} = ${actor.userId}
    union all
    select ${flowGrants.flowId} from ${flowGrants} where ${heldBy(flowGrants, actor.userId)})`;
}

/** What the actor is to a source or destination of the query: the strongest of all ways that lead to it, null for none. */
export function roleOf(actor: Actor): SQL<FlowRole | null> {
  const strongestFirst = sql.raw(`array['${grantableFlowRoles.join("','")}']`);
  return whole(sql<FlowRole | null>`case when ${flows.ownerId} = ${actor.userId} then 'owner' else (
    select (${strongestFirst})[min(array_position(${strongestFirst}, ${flowGrants.role}))] from ${flowGrants}
    where ${flowGrants.flowId} = ${flows.id} and ${heldBy(flowGrants, actor.userId)}) end`);
}
