import "server-only";
import { and, eq } from "drizzle-orm";
import { auditEvents, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { itemsOf, pageOfEvents } from "@/lib/audit/rows";
import type { EventItem } from "@/lib/audit/types";
import { visibleTo } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { visibleTo as seesEndpoint } from "@/lib/endpoints/visibility";
import { notFound } from "@/lib/errors";
import type { Page, PageStart } from "@/lib/paging";

/**
 * One page of a credential's history, newest first, for users who see the credential; NOT_FOUND for ids that are
 * absent or not visible. Reveals nothing of other users' sources, addresses and sessions.
 */
export async function listHistory(
  db: Db,
  actor: Actor,
  credentialId: string,
  start: PageStart | null,
): Promise<Page<EventItem>> {
  const [credential] = await db
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(visibleTo(actor), eq(credentials.id, credentialId)));
  if (!credential) throw notFound("credential");
  const page = await pageOfEvents(db, eq(auditEvents.credentialId, credentialId), start);
  // Even the actor's own events show only names that the actor may see now.
  const items = await itemsOf(db, page.items, {
    credentials: visibleTo(actor),
    endpoints: seesEndpoint(actor),
  });
  return { ...page, items: items.map((item) => tellable(item, actor, credentialId)) };
}

// That another user uses the credential belongs to its history; what they use it for is private.
function tellable(item: EventItem, actor: Actor, credentialId: string): EventItem {
  const bare = { ...item, thing: null, address: null, sessionId: null };
  const isOwn = item.person?.id === actor.userId;
  if (item.thing?.id === credentialId) return bare;
  return isOwn ? { ...bare, thing: item.thing } : { ...bare, sentence: [], details: [] };
}
