import "server-only";
import { and, eq } from "drizzle-orm";
import { auditEvents, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { itemsOf, pageOfEvents, selectEvents } from "@/lib/audit/rows";
import type { EventItem } from "@/lib/audit/types";
import { visibleTo } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { visibleTo as seesEndpoint } from "@/lib/endpoints/visibility";
import { notFound } from "@/lib/errors";
import type { Cursor, Page } from "@/lib/paging";

/**
 * What happened to one credential and what was done with it, newest first, one page of it. For whoever sees the credential;
 * NOT_FOUND for absent and another's alike. It tells nothing of others' sources, addresses and sessions.
 */
export async function listHistory(
  db: Db,
  actor: Actor,
  credentialId: string,
  after: Cursor | null,
): Promise<Page<EventItem>> {
  const [credential] = await db
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(visibleTo(actor), eq(credentials.id, credentialId)));
  if (!credential) throw notFound("credential");
  const { rows, next } = await pageOfEvents(
    selectEvents(db, eq(auditEvents.credentialId, credentialId), after),
  );
  // Also what one did oneself is told by the names that one may read today.
  const items = await itemsOf(db, rows, { credentials: visibleTo(actor), endpoints: seesEndpoint(actor) });
  return { items: items.map((item) => tellable(item, actor, credentialId)), next };
}

// What somebody else does with the credential is theirs; that they do it is this credential's history.
function tellable(item: EventItem, actor: Actor, credentialId: string): EventItem {
  const bare = { ...item, thing: null, address: null, sessionId: null };
  const isOwn = item.person?.id === actor.userId;
  if (item.thing?.id === credentialId) return bare;
  return isOwn ? { ...bare, thing: item.thing } : { ...bare, sentence: [], details: [] };
}
