import "server-only";
import { and, eq, ne } from "drizzle-orm";
import {
  credentialGrants,
  credentialGrantViews,
  credentials,
  endpointGrants,
  endpointGrantViews,
  endpoints,
} from "@/drizzle/schema";
import { grantedTo } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { visibleTo as visibleCredentials } from "@/lib/credentials/visibility";
import type { Db, Tx } from "@/lib/db/types";
import { visibleTo as visibleEndpoints } from "@/lib/endpoints/visibility";
import { notFound } from "@/lib/errors";
import type { OpenSharedInput } from "./schema";

/**
 * Notes that the actor has looked at what is shared with them, for this actor and the grants of today: the start page tells
 * of it no more, and of a later grant again. NOT_FOUND for what the actor does not see.
 */
export async function noteSharedSeen(db: Db, actor: Actor, { thing, id }: OpenSharedInput): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    const seen = await (thing === "credential" ? seeCredential(tx, actor, id) : seeEndpoint(tx, actor, id));
    if (seen === 0) return unchanged(undefined);
    return changed({ event: "user.share-seen", subjectId: actor.userId, details: { thing } });
  });
}

async function seeCredential(tx: Tx, actor: Actor, id: string): Promise<number> {
  const [visible] = await tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(eq(credentials.id, id), visibleCredentials(actor)));
  if (!visible) throw notFound("credential");
  const given = await tx
    .select({ grantId: credentialGrants.id })
    .from(credentialGrants)
    .where(
      and(
        eq(credentialGrants.credentialId, id),
        ne(credentialGrants.grantedBy, actor.userId),
        grantedTo(credentialGrants, actor.userId),
      ),
    );
  if (given.length === 0) return 0;
  const views = given.map(({ grantId }) => ({ grantId, userId: actor.userId }));
  return (await tx.insert(credentialGrantViews).values(views).onConflictDoNothing().returning()).length;
}

async function seeEndpoint(tx: Tx, actor: Actor, id: string): Promise<number> {
  const [visible] = await tx
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(eq(endpoints.id, id), visibleEndpoints(actor)));
  if (!visible) throw notFound("source or destination");
  const given = await tx
    .select({ grantId: endpointGrants.id })
    .from(endpointGrants)
    .where(
      and(
        eq(endpointGrants.endpointId, id),
        ne(endpointGrants.grantedBy, actor.userId),
        grantedTo(endpointGrants, actor.userId),
      ),
    );
  if (given.length === 0) return 0;
  const views = given.map(({ grantId }) => ({ grantId, userId: actor.userId }));
  return (await tx.insert(endpointGrantViews).values(views).onConflictDoNothing().returning()).length;
}
