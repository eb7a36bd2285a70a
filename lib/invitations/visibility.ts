import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { invitations, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { visibleTo as seesTeam } from "@/lib/teams/visibility";

/** Who may see an invitation by its id: users who see its team; portal administrators see all. */
export function visibleTo(actor: Actor): SQL | undefined {
  if (actor.isAdministrator) return undefined;
  return sql`${invitations.teamId} in (select ${teams.id} from ${teams} where ${seesTeam(actor)})`;
}
