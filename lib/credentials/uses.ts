import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { isVisibleTo } from "./visibility";

/**
 * Notes that a run of the actor's source or destination signs in with a credential now; within an hour, the same one is
 * noted once. Does nothing if the credential is gone or the actor does not see it any more.
 */
export async function noteUse(
  db: Db,
  actor: Actor,
  { credentialId, endpointId }: { credentialId: string; endpointId: string },
): Promise<void> {
  const isNoted = sql`${credentials.lastUsedBy} = ${endpointId}
    and ${credentials.lastUsedAt} > clock_timestamp() - interval '1 hour'`;
  await db
    .update(credentials)
    .set({ lastUsedAt: sql`clock_timestamp()`, lastUsedBy: endpointId })
    .where(and(eq(credentials.id, credentialId), isVisibleTo(actor), sql`(${isNoted}) is not true`));
}
