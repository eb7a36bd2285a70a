import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { sessions, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import type { Cursor, OneWayPage } from "@/lib/paging";
import { conditionOf, itemsOf, pageOfEvents, selectEvents } from "./rows";
import type { EventFilter, EventItem } from "./types";

const eventsPerBatch = 500;

/** One page of the log, newest first. NOT_FOUND unless the actor is a portal administrator, as if there were no log. */
export async function listEvents(
  db: Db,
  actor: Actor,
  filter: EventFilter,
  after: Cursor<Date> | null,
): Promise<OneWayPage<EventItem>> {
  if (!actor.isAdministrator) throw notFound("page");
  const { rows, next } = await pageOfEvents(selectEvents(db, await conditionOf(db, filter), after));
  return { items: await itemsOf(db, rows), next };
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
  let after: Cursor<Date> | null = null;
  while (true) {
    if (!(await mayStillRead(db, actor))) throw notFound("page");
    const rows: Awaited<ReturnType<typeof selectEvents>> = await selectEvents(
      db,
      condition,
      after,
      eventsPerBatch,
    );
    if (rows.length > 0) yield await itemsOf(db, rows);
    const last = rows.at(-1);
    if (!last || rows.length < eventsPerBatch) return;
    after = { at: last.at, id: String(last.id) };
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
