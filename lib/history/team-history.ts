import "server-only";
import { and, eq } from "drizzle-orm";
import { auditEvents, teams } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { itemsOf, pageOfEvents } from "@/lib/audit/rows";
import type { EventItem } from "@/lib/audit/types";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import type { Page, PageStart } from "@/lib/paging";
import { visibleTo } from "@/lib/teams/visibility";

/**
 * One page of a team's history, newest first, for users who see the team; NOT_FOUND for ids that are absent or not
 * visible. Reveals no addresses and sessions.
 */
export async function listTeamHistory(
  db: Db,
  actor: Actor,
  teamId: string,
  start: PageStart | null,
): Promise<Page<EventItem>> {
  const [team] = await db
    .select({ id: teams.id })
    .from(teams)
    .where(and(visibleTo(actor), eq(teams.id, teamId)));
  if (!team) throw notFound("team");
  const page = await pageOfEvents(db, eq(auditEvents.subjectId, teamId), start);
  const items = await itemsOf(db, page.items);
  return { ...page, items: items.map((item) => ({ ...item, thing: null, address: null, sessionId: null })) };
}
