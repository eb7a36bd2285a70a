import "server-only";
import { randomUUID } from "node:crypto";
import { and, desc, eq, sql } from "drizzle-orm";
import { datasets, runPartitions, runs } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";

type NewRun = Pick<typeof runs.$inferInsert, "endpointId" | "mode" | "trigger" | "requestedBy">;

/** Every so many runs one reads everything, and so finds what was deleted on the server. */
const fullEvery = 24;
/** Pages shift while they are not read: an older reading is not gone on with. */
const passKeptMs = 24 * 60 * 60 * 1000;

/**
 * Adds a run to the queue. The first one, every 24th one and those after a change of what is read read everything; one
 * after a run that stopped before the end goes on with its reading. The caller has locked the source and knows that it
 * has no active run.
 */
export async function insertRun(
  tx: Tx,
  { endpointId, mode: wanted, trigger, requestedBy }: NewRun,
): Promise<{ id: string; mode: "all" | "new" }> {
  const [last] = await tx
    .select({ passId: runs.passId, mode: runs.mode, facts: runs.facts, isFresh: isFresh() })
    .from(runs)
    .where(eq(runs.endpointId, endpointId))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(1);
  const settings = last?.facts.settings;
  const facts = settings === undefined ? {} : { settings };
  const id = randomUUID();
  const row = { id, endpointId, trigger, requestedBy, facts };
  if (last?.isFresh && (last.mode === "all" || wanted === "new")) {
    // Parts that failed are tried again from their checkpoints.
    await tx
      .update(runPartitions)
      .set({ state: "pending", reason: null })
      .where(and(eq(runPartitions.passId, last.passId), eq(runPartitions.state, "failed")));
    const { passId, mode } = last;
    await tx.insert(runs).values({ ...row, passId, mode });
    return { id, mode };
  }
  const mode = wanted === "all" || (await isFullDue(tx, endpointId)) ? "all" : "new";
  await tx.insert(runs).values({ ...row, passId: randomUUID(), mode });
  return { id, mode };
}

async function isFullDue(tx: Tx, endpointId: string): Promise<boolean> {
  const [dataset] = await tx
    .select({ fullRunAt: datasets.fullRunAt, runsSinceFull: datasets.runsSinceFull })
    .from(datasets)
    .where(eq(datasets.endpointId, endpointId));
  return !dataset?.fullRunAt || dataset.runsSinceFull >= fullEvery - 1;
}

// The last run stopped before the end of its reading, not long ago, and its checkpoints are still there.
function isFresh() {
  return sql<boolean>`${runs.state} in ('failed', 'cancelled')
    and ${runs.endedAt} > clock_timestamp() - ${passKeptMs} * interval '1 millisecond'
    and exists (select from ${runPartitions} where ${runPartitions.passId} = ${runs.passId})`;
}
