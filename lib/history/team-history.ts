import "server-only";
import { and, eq } from "drizzle-orm";
import { auditEvents, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { itemsOf, pageOfEvents, selectEvents } from "@/lib/audit/rows";
import type { EventItem } from "@/lib/audit/types";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import type { Cursor, OneWayPage } from "@/lib/paging";
import { visibleTo } from "@/lib/teams/visibility";

/**
 * One page of a team's history, newest first, for users who see the team; NOT_FOUND for ids that are absent or not
 * visible. Reveals no addresses and sessions.
 */
export async function listTeamHistory(
  db: Db,
  actor: Actor,
  teamId: string,
  after: Cursor<Date> | null,
): Promise<OneWayPage<EventItem>> {
  const [team] = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(visibleTo(actor), eq(teams.id, teamId)));
  if (!team) throw notFound("team");
  const { rows, next } = await pageOfEvents(selectEvents(db, eq(auditEvents.subjectId, teamId), after));
  const items = await itemsOf(db, rows);
  return { items: items.map((item) => ({ ...item, thing: null, address: null, sessionId: null })), next };
}
