import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { invitations, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { visibleTo as seesTeam } from "@/lib/teams/visibility";

/** Who may know of an invitation by its id: whoever sees the team that it leads to, and portal administrators of all. */
export function visibleTo(actor: Actor): SQL | undefined {
  if (actor.isAdministrator) return undefined;
  return sql`${invitations.teamId} in (select ${teams.id} from ${teams} where ${seesTeam(actor)})`;
}
