import "server-only";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { endpoints, runs, sessions } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isStillEnabled } from "@/lib/auth/still-enabled";
import type { Db } from "@/lib/db/types";
import { visibleTo } from "@/lib/endpoints/visibility";
import { runIdSchema } from "@/lib/runs/schema";
import type { RunRef } from "./types";

/** True for texts that can be ids; the database would report any other as a fault. */
export function areIds({ endpointId, runId }: RunRef): boolean {
  return runIdSchema.safeParse(endpointId).success && runIdSchema.safeParse(runId).success;
}

/** The condition that the actor sees the destination, and that the run is its own: it covers the run's records. */
export function seesRun(actor: Actor, { endpointId, runId }: RunRef): SQL {
  return sql`exists (select from ${endpoints} join ${runs} on ${runs.endpointId} = ${endpoints.id}
    where ${endpoints.id} = ${endpointId} and ${endpoints.direction} = 'destination'
    and ${runs.id} = ${runId} and ${visibleTo(actor)})`;
}

/** True if the actor sees the run at this moment: the grant, the account and the session have not ended since. */
export async function stillSeesRun(db: Db, actor: Actor, ref: RunRef): Promise<boolean> {
  const [session] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(
      and(
        eq(sessions.id, actor.sessionId),
        isNull(sessions.revokedAt),
        isStillEnabled(actor),
        seesRun(actor, ref),
      ),
    );
  return session !== undefined;
}
