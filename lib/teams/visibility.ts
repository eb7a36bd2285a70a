import "server-only";
import { and, isNull, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { teamMembers, teams } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import type { TeamRole } from "./policy";

/** The one rule of who sees a team, for every list, get and mutation: its members, and portal administrators. */
export function visibleTo(actor: Actor): SQL | undefined {
  return and(isNull(teams.deletedAt), actor.isAdministrator ? undefined : joinedBy(actor));
}

/** The teams that the actor is in, for their own list. */
export function joinedBy(actor: Actor): SQL {
  const own = alias(teamMembers, "own_stays");
  return sql`${teams.id} in (
    select ${own.teamId} from ${teamMembers} as ${own} where ${own.userId} = ${actor.userId} and ${own.endedAt} is null)`;
}

/** The actor's role in a team of the query; null if they are not in it. */
export function roleOf(actor: Actor): SQL<TeamRole | null> {
  const own = alias(teamMembers, "own_role");
  return whole(sql<TeamRole | null>`(
    select ${own.role} from ${teamMembers} as ${own}
    where ${own.teamId} = ${teams.id} and ${own.userId} = ${actor.userId} and ${own.endedAt} is null)`);
}
