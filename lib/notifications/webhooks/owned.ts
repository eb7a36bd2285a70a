import "server-only";
import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { teamMembers, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";

/** The condition for the webhooks of teams of which the actor is an owner now. */
export function ofTeamsOwnedBy(actor: Actor): SQL {
  return isOwnedBy(actor, webhooks.teamId);
}

/** The condition that the actor is an owner now of the team whose id a column holds. */
export function isOwnedBy(actor: Actor, teamId: AnyPgColumn): SQL {
  return sql`${teamId} in (select ${teamMembers.teamId} from ${teamMembers}
    where ${teamMembers.userId} = ${actor.userId} and ${teamMembers.role} = 'owner' and ${teamMembers.endedAt} is null)`;
}
