import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { sessions, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import type { Page, PageStart } from "@/lib/paging";
import { conditionOf, itemsOf, pageOfEvents, selectEvents } from "./rows";
import type { EventFilter, EventItem } from "./types";

const eventsPerBatch = 500;

/** One page of the log, newest first. NOT_FOUND unless the actor is a portal administrator, as if there were no log. */
export async function listEvents(
  db: Db,
  actor: Actor,
  filter: EventFilter,
  start: PageStart | null,
): Promise<Page<EventItem>> {
  if (!actor.isAdministrator) throw notFound("page");
  const page = await pageOfEvents(db, await conditionOf(db, filter), start);
  return { ...page, items: await itemsOf(db, page.items) };
}

/**
 * The filtered log, newest first, in batches of at most 500 events, each read on demand. NOT_FOUND as above, also in
 * the middle: a slow reader could stretch it over hours, so each batch verifies the right again.
 */
export async function* streamEvents(
  db: Db,
  actor: Actor,
  filter: EventFilter,
): AsyncGenerator<readonly EventItem[]> {
  if (!actor.isAdministrator) throw notFound("page");
  const condition = await conditionOf(db, filter);
  let start: PageStart | null = null;
  while (true) {
    if (!(await mayStillRead(db, actor))) throw notFound("page");
    const rows: Awaited<ReturnType<typeof selectEvents>> = await selectEvents(
      db,
      condition,
      start,
      eventsPerBatch,
    );
    if (rows.length > 0) yield await itemsOf(db, rows);
    const last = rows.at(-1);
    if (!last || rows.length < eventsPerBatch) return;
    start = { cursor: { at: last.at, id: String(last.id) }, isBefore: false };
  }
}

async function mayStillRead(db: Db, { userId, sessionId }: Actor): Promise<boolean> {
  const [reader] = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(sessions, and(eq(sessions.userId, users.id), eq(sessions.id, sessionId)))
    .where(
      and(
        eq(users.id, userId),
        eq(users.role, "administrator"),
        isNull(users.disabledAt),
        isNull(sessions.revokedAt),
      ),
    );
  return reader !== undefined;
}
