import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import {
  activeRunStates,
  datasets,
  deliveries,
  partitionCursors,
  recordGroups,
  records,
  runPartitions,
  runSeen,
  runs,
} from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";

/**
 * Removes what a source has read, with every checkpoint, because it will read something else. Change numbers go on
 * from where they were, so that programs that follow the data set notice. CONFLICT during a run.
 */
export async function startNewDataSet(tx: Tx, endpointId: string): Promise<void> {
  const isActive = and(eq(runs.endpointId, endpointId), inArray(runs.state, [...activeRunStates]));
  if ((await tx.$count(runs, isActive)) > 0) {
    throw new AppError({
      code: "CONFLICT",
      message:
        "This source is being read, so what it reads cannot change now. Cancel the run or wait for its end.",
    });
  }
  const passes = tx.select({ passId: runs.passId }).from(runs).where(eq(runs.endpointId, endpointId));
  await tx.delete(runSeen).where(inArray(runSeen.passId, passes));
  await tx.delete(runPartitions).where(eq(runPartitions.endpointId, endpointId));
  await tx.delete(partitionCursors).where(eq(partitionCursors.endpointId, endpointId));
  await tx.delete(recordGroups).where(eq(recordGroups.endpointId, endpointId));
  await deleteRecords(tx, endpointId);
  await tx
    .update(datasets)
    .set({
      records: 0,
      deleted: 0,
      forgotten: sql`${datasets.newest}`,
      fullRunAt: null,
      runsSinceFull: 0,
      firstPassId: null,
    })
    .where(eq(datasets.endpointId, endpointId));
}

/** Few enough for a fast statement. */
const perStatement = 20_000;

/** Deletes all records of a source in steps: one statement for a million would take longer than a statement may. */
export async function deleteRecords(tx: Tx, endpointId: string): Promise<void> {
  for (;;) {
    const some = tx
      .select({ place: sql`${records}.ctid` })
      .from(records)
      .where(eq(records.endpointId, endpointId))
      .limit(perStatement);
    const [row] = await rowsOf(
      tx,
      sql`with gone as (delete from ${records} where ctid = any(array(${some})) returning 1)
        select count(*)::int as gone from gone`,
    );
    if (Number(row?.gone ?? 0) < perStatement) return;
  }
}

/** Deletes the results of all runs of a destination in steps, for the same reason. */
export async function deleteDeliveries(tx: Tx, endpointId: string): Promise<void> {
  const ofEndpoint = tx.select({ id: runs.id }).from(runs).where(eq(runs.endpointId, endpointId));
  for (;;) {
    const some = tx
      .select({ place: sql`${deliveries}.ctid` })
      .from(deliveries)
      .where(inArray(deliveries.runId, ofEndpoint))
      .limit(perStatement);
    const [row] = await rowsOf(
      tx,
      sql`with gone as (delete from ${deliveries} where ctid = any(array(${some})) returning 1)
        select count(*)::int as gone from gone`,
    );
    if (Number(row?.gone ?? 0) < perStatement) return;
  }
}

/** True if a source holds records, deleted ones included. */
export async function holdsRecords(tx: Tx, endpointId: string): Promise<boolean> {
  const some = await tx
    .select({ key: records.key })
    .from(records)
    .where(eq(records.endpointId, endpointId))
    .limit(1);
  return some.length > 0;
}
