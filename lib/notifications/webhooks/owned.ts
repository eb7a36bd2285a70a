import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { teamMembers, webhooks } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";

/** The condition for the webhooks of teams of which the actor is an owner now. */
export function ofTeamsOwnedBy(actor: Actor): SQL {
  return sql`${webhooks.teamId} in (select ${teamMembers.teamId} from ${teamMembers}
    where ${teamMembers.userId} = ${actor.userId} and ${teamMembers.role} = 'owner' and ${teamMembers.endedAt} is null)`;
}
