import "server-only";
import { and, eq } from "drizzle-orm";
import { deliveries, runs } from "@/drizzle/schema";
import type { Action } from "@/lib/connectors/action";
import type { Db } from "@/lib/db/types";
import { PageRefused } from "@/lib/runs/engine/fence";
import { bothLanes, type RunWork, workOf } from "@/lib/runs/engine/run-slice";
import type { SliceEnd } from "@/lib/runs/engine/slice";
import type { DeliverySlice } from "./deliver";
import { runDeliveryLane } from "./lane";
import { endOfRefused } from "./may-go-on";
import { type PreparedDelivery, prepareDelivery } from "./prepare";
import { DeliveryQueue } from "./queue";
import { Taker } from "./take";
import { skipTooMany } from "./too-many";
import { singly, together } from "./unit-sources";
import { connectors, type Writing } from "./writing";

/** The work of a destination's run: takes records and sends them, or in a dry run finds out what it would send. */
export function deliveringWork(writing: Writing = connectors): RunWork {
  return workOf({
    prepare: (db, run) => prepareDelivery(db, run, writing),
    queueOf: (engine, prepared) => {
      const of = { db: engine.db, runId: prepared.run.id };
      const { together: group } = prepared.action;
      return new DeliveryQueue(group ? together(of, group) : singly(of, new Taker(engine, prepared)));
    },
    cancelEndsCalls: false,
    work: deliverAll,
  });
}

async function deliverAll(slice: DeliverySlice): Promise<SliceEnd> {
  const { engine, prepared } = slice;
  slice.queue.onRefused = async () => slice.finish(await endOfRefused(engine.db, prepared));
  try {
    const { together: group } = prepared.action;
    if (group) await takeAll(slice, group);
    await bothLanes(slice, runDeliveryLane);
  } catch (error) {
    if (!(error instanceof PageRefused)) throw error;
    return endOfRefused(engine.db, prepared);
  }
  return slice.end ?? (await endOfAll(engine.db, prepared));
}

/** Only then is known which records belong together. */
async function takeAll(slice: DeliverySlice, group: NonNullable<Action["together"]>): Promise<void> {
  const { engine, prepared } = slice;
  const taker = new Taker(engine, prepared);
  while (!taker.isDone() && !slice.isEnding()) await taker.takeBatch();
  if (taker.isDone()) await skipTooMany(engine.db, prepared, group);
}

async function endOfAll(db: Db, { run }: PreparedDelivery): Promise<SliceEnd> {
  const pending = and(eq(deliveries.runId, run.id), eq(deliveries.state, "pending"));
  const [counts] = await db
    .select({ taking: runs.taking, rejected: runs.rejected, skipped: runs.skipped, unknown: runs.unknown })
    .from(runs)
    .where(eq(runs.id, run.id));
  if (!counts) return { kind: "lost" };
  // Another look, should a lane have ended before the last record.
  if (counts.taking !== null || (await db.$count(deliveries, pending)) > 0)
    return { kind: "turn", waitMs: 0 };
  const hasGaps = counts.rejected + counts.skipped + counts.unknown > 0;
  return { kind: "over", end: { state: hasGaps ? "incomplete" : "succeeded", reason: null } };
}
