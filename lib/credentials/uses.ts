import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/**
 * Notes that a run of a source or destination signs in with a credential now; within an hour, the same one is noted
 * once. Does nothing if the credential is gone. The caller holds the right to use it.
 */
export async function noteUse(
  db: Db,
  { credentialId, endpointId }: { credentialId: string; endpointId: string },
): Promise<void> {
  const isNoted = sql`${credentials.lastUsedBy} = ${endpointId}
    and ${credentials.lastUsedAt} > clock_timestamp() - interval '1 hour'`;
  await db
    .update(credentials)
    .set({ lastUsedAt: sql`clock_timestamp()`, lastUsedBy: endpointId })
    .where(and(eq(credentials.id, credentialId), sql`(${isNoted}) is not true`));
}
