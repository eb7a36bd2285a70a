import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { deliveries, endpoints, runs } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";

/**
 * Deletes at most `limit` results of runs that ended longer ago than their destination keeps them. What a run held and
 * none has taken up stays: the next run sends it.
 */
export async function forgetOldDeliveries(db: Db, limit: number): Promise<number> {
  const old = db
    .select({ place: sql`${deliveries}.ctid` })
    .from(deliveries)
    .innerJoin(runs, eq(runs.id, deliveries.runId))
    .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
    .where(
      and(
        sql`${runs.endedAt} < clock_timestamp() - ${endpoints.keepDeliveriesDays} * interval '1 day'`,
        sql`(${deliveries.state} <> 'held' or ${deliveries.nextRunId} is not null or ${runs.kind} <> 'write')`,
      ),
    )
    .limit(limit);
  const gone = await db
    .delete(deliveries)
    .where(sql`${deliveries}.ctid = any(array(${old}))`)
    .returning({ number: deliveries.number });
  return gone.length;
}
