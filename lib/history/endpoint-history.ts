import "server-only";
import { and, eq } from "drizzle-orm";
import { z } from "zod";
import { auditEvents, endpoints } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { itemsOf, pageOfEvents } from "@/lib/audit/rows";
import type { Sentence } from "@/lib/audit/sentence-parts";
import type { EventItem } from "@/lib/audit/types";
import { visibleTo as seesCredential } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { visibleTo } from "@/lib/endpoints/visibility";
import { notFound } from "@/lib/errors";
import type { Page, PageStart } from "@/lib/paging";

/**
 * One page of the history of a source or destination, newest first, for users who see it; NOT_FOUND for ids that are
 * absent or not visible. Names only credentials that the actor sees now, and reveals no addresses and sessions.
 */
export async function listEndpointHistory(
  db: Db,
  actor: Actor,
  endpointId: string,
  start: PageStart | null,
): Promise<Page<EventItem>> {
  const [endpoint] = await db
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(visibleTo(actor), eq(endpoints.id, endpointId)));
  if (!endpoint) throw notFound("source or destination");
  const page = await pageOfEvents(db, eq(auditEvents.subjectId, endpointId), start);
  const items = await itemsOf(db, page.items, {
    credentials: seesCredential(actor),
    endpoints: visibleTo(actor),
  });
  // The fields for programs hold ids of credentials that the reader may not know.
  const bare = { thing: null, credentialId: null, address: null, sessionId: null, details: [] };
  return { ...page, items: items.map((item) => ({ ...item, ...bare, sentence: readable(item.sentence) })) };
}

// An item without a name that the reader may know stands in a sentence with its id.
function readable(sentence: Sentence): Sentence {
  return sentence.map((part) =>
    typeof part !== "string" && z.guid().safeParse(part.quoted).success ? "(not shared with you)" : part,
  );
}
