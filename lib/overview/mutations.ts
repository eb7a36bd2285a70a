import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import {
  credentialGrants,
  credentialGrantViews,
  credentials,
  endpointGrants,
  endpointGrantViews,
  endpoints,
  messages,
} from "@/drizzle/schema";
import { grantedTo } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { visibleTo as visibleCredentials } from "@/lib/credentials/visibility";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";
import { visibleTo as visibleEndpoints } from "@/lib/endpoints/visibility";
import { notFound } from "@/lib/errors";
import type { OpenSharedInput } from "./schema";

/**
 * Notes that the actor knows of what is shared with them, for this actor and the grants of today: the start page tells of
 * it no more, and of a later grant again, and the inbox has it as read. Only the buttons of its entry there note it; a page that is opened otherwise
 * writes nothing, as browsers also load pages that nobody looks at. NOT_FOUND for what the actor does not see, and for an item of another kind.
 */
export async function noteSharedSeen(db: Db, actor: Actor, input: OpenSharedInput): Promise<void> {
  const { thing, id } = input;
  await changeWith(db, actor, async (tx) => {
    if (!(await isSeen(tx, actor, input)))
      throw notFound(thing === "credential" ? thing : "source or destination");
    const seen = await rowsOf(
      tx,
      thing === "credential" ? credentialViews(actor, id) : endpointViews(actor, id),
    );
    if (seen.length === 0) return unchanged(undefined);
    await readShared(tx, actor, input);
    return changed({
      event: "user.share-seen",
      subjectId: actor.userId,
      details: { thing, itemId: id },
    });
  });
}

// The inbox tells of the same event: it would stay unread for no reason.
async function readShared(tx: Tx, { userId }: Actor, { thing, id }: OpenSharedInput): Promise<void> {
  const isAbout = eq(thing === "credential" ? messages.credentialId : messages.endpointId, id);
  const isShared = sql`${messages.news}->>'kind' = 'shared'`;
  await tx
    .update(messages)
    .set({ readAt: new Date() })
    .where(and(eq(messages.userId, userId), isNull(messages.readAt), isAbout, isShared));
}

async function isSeen(tx: Tx, actor: Actor, { thing, id }: OpenSharedInput): Promise<boolean> {
  const found =
    thing === "credential"
      ? tx
          .select({ id: credentials.id })
          .from(credentials)
          .where(and(eq(credentials.id, id), visibleCredentials(actor)))
      : tx
          .select({ id: endpoints.id })
          .from(endpoints)
          .where(and(eq(endpoints.id, id), eq(endpoints.direction, thing), visibleEndpoints(actor)));
  return (await found).length > 0;
}

function credentialViews(actor: Actor, id: string): SQL {
  const isOn = eq(credentialGrants.credentialId, id);
  return viewsOf(actor, { views: credentialGrantViews, grants: credentialGrants, isOn });
}

function endpointViews(actor: Actor, id: string): SQL {
  const isOn = eq(endpointGrants.endpointId, id);
  return viewsOf(actor, { views: endpointGrantViews, grants: endpointGrants, isOn });
}

type Tables = {
  readonly views: typeof credentialGrantViews | typeof endpointGrantViews;
  readonly grants: typeof credentialGrants | typeof endpointGrants;
  /** True of the grants on the item. */
  readonly isOn: SQL;
};

// Drizzle cannot insert into one of two tables.
function viewsOf({ userId }: Actor, { views, grants, isOn }: Tables): SQL {
  return sql`insert into ${views} (grant_id, user_id)
    select ${grants.id}, ${userId}::uuid from ${grants}
    where ${isOn} and ${grants.grantedBy} <> ${userId} and ${grantedTo(grants, userId)}
    on conflict do nothing returning grant_id`;
}
