import { eq, sql } from "drizzle-orm";
import { runs } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Db } from "@/lib/db/types";
import { claimRun } from "@/lib/runs/engine/claim";
import { endRun, type RunEnd } from "@/lib/runs/engine/end-run";
import { quickTiming } from "./runs";

/** For database tests: ends a requested run as given, as an engine would. */
export async function claimAndEnd(db: Db, owner: Actor, runId: string, end: RunEnd): Promise<void> {
  const run = await claimRun(db, crypto.randomUUID(), quickTiming);
  if (run?.id !== runId) throw new Error("another run was claimed");
  if (!(await endRun(db, run, owner, end))) throw new Error("the run was not ended");
  // Runs are told apart by when they were requested, which in one transaction is one instant.
  await db
    .update(runs)
    .set({ createdAt: sql`${runs.createdAt} - interval '1 minute'` })
    .where(eq(runs.endpointId, run.endpointId));
}
