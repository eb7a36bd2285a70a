import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { endpoints, notices, teams, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import type { Notice } from "./types";

// Users would not read more at once; older ones appear when these are dismissed.
const noticesShown = 5;

/** The actor's undismissed notices, newest first, five at most. */
export async function listNotices(db: Db, actor: Actor): Promise<Notice[]> {
  const [by, about] = [alias(users, "by"), alias(users, "about")];
  const rows = await db
    .select({
      id: notices.id,
      kind: notices.kind,
      byName: by.name,
      aboutName: about.name,
      teamId: teams.id,
      teamName: teams.name,
      sourceId: endpoints.id,
      sourceName: endpoints.name,
      createdAt: notices.createdAt,
    })
    .from(notices)
    .innerJoin(by, eq(by.id, notices.byId))
    .leftJoin(about, eq(about.id, notices.aboutId))
    .leftJoin(teams, eq(teams.id, notices.teamId))
    .leftJoin(endpoints, eq(endpoints.id, notices.endpointId))
    .where(and(eq(notices.userId, actor.userId), isNull(notices.seenAt)))
    .orderBy(desc(notices.createdAt), desc(notices.id))
    .limit(noticesShown);
  return rows.map(({ teamId, teamName, sourceId, sourceName, createdAt, ...notice }) => ({
    ...notice,
    source: sourceId && sourceName ? { id: sourceId, name: sourceName } : null,
    team: teamId && teamName ? { id: teamId, name: teamName } : null,
    at: createdAt.toISOString(),
  }));
}
