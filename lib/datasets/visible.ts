import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { endpoints, sessions } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isStillEnabled } from "@/lib/auth/still-enabled";
import type { Db } from "@/lib/db/types";
import { visibleTo } from "@/lib/endpoints/visibility";

/** True for a text that can be the id of a source; the database would report any other as a fault. */
export function isSourceId(id: string): boolean {
  return z.guid().safeParse(id).success;
}

/** The condition that the actor sees the source: whoever sees a source sees its records. */
export function seesSource(actor: Actor, sourceId: string): SQL {
  return sql`exists (select from ${endpoints} where ${endpoints.id} = ${sourceId}
    and ${endpoints.direction} = 'source' and ${visibleTo(actor)})`;
}

/** True if the actor sees the source at this moment: the grant, the account and the session have not ended since. */
export async function stillSees(db: Db, actor: Actor, sourceId: string): Promise<boolean> {
  const [session] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, actor.sessionId),
        isNull(sessions.revokedAt),
        isStillEnabled(actor),
        seesSource(actor, sourceId),
      ),
    );
  return session !== undefined;
}
