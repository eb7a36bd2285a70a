import "server-only";
import { and, desc, eq } from "drizzle-orm";
import { sessions } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isLive } from "@/lib/auth/sessions";
import type { Db } from "@/lib/db/types";
import type { OwnSession } from "./types";

// More than any user has at once; a page that shows all of them needs a limit.
const sessionsShown = 100;

/** The actor's active sessions, most recently used first. */
export async function listOwnSessions(db: Db, actor: Actor): Promise<OwnSession[]> {
  const rows = await db
    .select({
      id: sessions.id,
      browser: sessions.browser,
      createdAt: sessions.createdAt,
      seenAt: sessions.seenAt,
    })
    .from(sessions)
    .where(and(eq(sessions.userId, actor.userId), isLive()))
    .orderBy(desc(sessions.seenAt), desc(sessions.id))
    .limit(sessionsShown);
  return rows.map(({ id, browser, createdAt, seenAt }) => ({
    id,
    browser,
    startedAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
    isThisOne: id === actor.sessionId,
  }));
}
