import "server-only";
import { and, eq } from "drizzle-orm";
import { teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isStillAdministrator } from "@/lib/auth/administrators";
import { isStillEnabled } from "@/lib/auth/still-enabled";
import type { Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { mayOnTeam, standingsOf, type TeamOperation } from "./policy";
import { roleOf, visibleTo } from "./visibility";

/**
 * Locks a team for the rest of the transaction, so that its changes happen one after the other, and verifies the
 * actor's right to `operation` at that time. NOT_FOUND if it is absent or not visible; NOT_ALLOWED if it is visible
 * but the actor may not do that.
 */
export async function requireTeamRight(tx: Tx, actor: Actor, teamId: string, operation: TeamOperation) {
  const isIt = eq(teams.id, teamId);
  const isAdministrator = await isStillAdministrator(tx, actor);
  // Users who do not see the team do not wait for its lock. A second statement follows: the first, while waiting,
  // would still see the old members.
  const [held] = await tx
    .select({ id: teams.id })
    .from(teams)
    .where(and(visibleTo(actor), isIt))
    .for("update");
  if (!held) throw notFound("team");
  const [team] = await tx
    .select({ name: teams.name, version: teams.version, role: roleOf(actor) })
    .from(teams)
    .where(and(visibleTo(actor), isIt, isStillEnabled(actor)));
  if (!team) throw notFound("team");
  const standings = standingsOf(team.role, isAdministrator);
  if (standings.length === 0) throw notFound("team");
  if (!mayOnTeam(standings, operation)) throw notAllowed();
  return { ...team, standings };
}

/** Refuses an operation on a team that the user may only see. */
export function notAllowed(): AppError {
  return new AppError({
    code: "NOT_ALLOWED",
    message: "You may see this team, but not change that. Ask an owner of the team.",
  });
}
