import "server-only";
import { and, eq, inArray, isNotNull, notExists, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { datasets, endpoints, records, runPartitions, runs } from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";

const daysAgo = (days: typeof endpoints.keepRunsDays | typeof endpoints.keepDeletedDays) =>
  sql`clock_timestamp() - ${days} * interval '1 day'`;

/** Deletes at most `limit` runs that ended longer ago than their source keeps them; its newest one stays. */
export async function forgetOldRuns(db: Db, limit: number): Promise<number> {
  const newer = alias(runs, "newer");
  const isReplaced = sql`exists (${db
    .select({ one: sql`1` })
    .from(newer)
    .where(and(eq(newer.endpointId, runs.endpointId), sql`${newer.createdAt} > ${runs.createdAt}`))})`;
  const old = db
    .select({ id: runs.id })
    .from(runs)
    .innerJoin(endpoints, eq(endpoints.id, runs.endpointId))
    .where(and(sql`${runs.endedAt} < ${daysAgo(endpoints.keepRunsDays)}`, isReplaced))
    .limit(limit);
  return (await db.delete(runs).where(inArray(runs.id, old)).returning({ id: runs.id })).length;
}

/** Deletes at most `limit` parts of passes whose runs are all forgotten. */
export async function forgetOldParts(db: Db, limit: number): Promise<number> {
  const isKept = db
    .select({ one: sql`1` })
    .from(runs)
    .where(and(eq(runs.endpointId, runPartitions.endpointId), eq(runs.passId, runPartitions.passId)));
  const old = db
    .select({ place: sql`${runPartitions}.ctid` })
    .from(runPartitions)
    .where(notExists(isKept))
    .limit(limit);
  const gone = await db
    .delete(runPartitions)
    .where(sql`${runPartitions}.ctid = any(array(${old}))`)
    .returning({ key: runPartitions.key });
  return gone.length;
}

/** A finished pass leaves none; these are what a kill left behind. In larger steps, because the rows are tiny. */
const seenPerStatement = 20_000;

/** Deletes what passes have met that no run goes on with; returns `limit` while there may be more. */
export async function forgetOldSeen(db: Db, limit: number): Promise<number> {
  const [row] = await rowsOf(
    db,
    sql`with gone as (delete from run_seen where ctid = any(array(
        select ctid from run_seen where not exists (
          select from ${runs} where ${runs.passId} = run_seen.pass_id and (${runs.endedAt} is null
            or (${runs.state} in ('failed', 'cancelled') and ${runs.endedAt} > clock_timestamp() - interval '2 days')))
        limit ${seenPerStatement})) returning 1)
      select count(*)::int as gone from gone`,
  );
  return Number(row?.gone ?? 0) < seenPerStatement ? 0 : limit;
}

/** Forgets at most `limit` records that their server deleted longer ago than their source keeps them. */
export async function forgetOldDeletedRecords(db: Db, limit: number): Promise<number> {
  return db.transaction(async (tx) => {
    const old = await tx
      .select({ endpointId: records.endpointId, key: records.key })
      .from(records)
      .innerJoin(endpoints, eq(endpoints.id, records.endpointId))
      .where(
        and(isNotNull(records.deletedAt), sql`${records.deletedAt} < ${daysAgo(endpoints.keepDeletedDays)}`),
      )
      .limit(limit);
    for (const endpointId of new Set(old.map((one) => one.endpointId))) {
      // Locked first, as pages do: a record may be back by now.
      await tx.select().from(datasets).where(eq(datasets.endpointId, endpointId)).for("update");
      const keys = old.filter((one) => one.endpointId === endpointId).map(({ key }) => key);
      const gone = await tx
        .delete(records)
        .where(
          and(eq(records.endpointId, endpointId), inArray(records.key, keys), isNotNull(records.deletedAt)),
        )
        .returning({ seq: records.seq });
      const newestGone = gone.reduce((most, { seq }) => Math.max(most, seq), 0);
      await tx
        .update(datasets)
        .set({
          deleted: sql`${datasets.deleted} - ${gone.length}`,
          forgotten: sql`greatest(${datasets.forgotten}, ${newestGone})`,
        })
        .where(eq(datasets.endpointId, endpointId));
    }
    return old.length;
  });
}
