import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isEmbedded } from "@/lib/db/driver";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import { claimRun } from "./engine/claim";
import type { RunWorks } from "./engine/run-slice";
import { type DueRequests, requestDueRuns } from "./engine/schedule";
import type { Engine } from "./engine/slice";
import { type EngineTiming, usualTiming } from "./engine/timing";
import { nudgeRuns, nudgesSoFar, untilNudged } from "./nudge";

/** Runs in one process at a time: each keeps two calls and one transaction under way. */
const usualConcurrency = 4;
/** How often schedules are looked at. */
const scheduleMs = 5_000;
/** The pause after a fault of the database. */
const faultMs = 2_000;

export type WorkerOptions = {
  /** Ends the work: runs under way go back to the queue after their page. */
  readonly signal: AbortSignal;
  readonly concurrency?: number;
  readonly pollMs?: number;
  /** How each kind of run is done. */
  readonly works: RunWorks;
  /** How the runs that a schedule asks for are requested. */
  readonly requests: DueRequests;
  /** For tests. */
  readonly timing?: Partial<EngineTiming>;
};

/**
 * Does runs until `signal` ends: takes them from the queue that all processes share, and requests those
 * that a schedule asks for. Goes on through faults of the database. Resolves when everything is handed back.
 */
export async function doRunsUntil(
  db: Db,
  { signal, concurrency = usualConcurrency, pollMs, works, requests, timing }: WorkerOptions,
): Promise<void> {
  const times = { ...usualTiming, ...timing, ...(pollMs === undefined ? {} : { pollMs }) };
  const engine: Engine = { db, timing: times, isEmbedded: isEmbedded(db), holder: randomUUID() };
  const underWay = new Set<Promise<void>>();
  let lookedAtSchedules = 0;
  while (!signal.aborted) {
    const seen = nudgesSoFar();
    try {
      if (Date.now() - lookedAtSchedules >= scheduleMs) {
        lookedAtSchedules = Date.now();
        await requestDueRuns(db, requests);
      }
      while (underWay.size < concurrency && !signal.aborted) {
        const run = await claimRun(db, engine.holder, times);
        if (!run) break;
        const slice: Promise<void> = works[run.kind](engine, run, signal)
          .catch((error: unknown) => log().error({ err: error, runId: run.id }, "a run was left behind"))
          .finally(() => {
            underWay.delete(slice);
            nudgeRuns();
          });
        underWay.add(slice);
      }
      await untilNudged(seen, times.pollMs, signal);
    } catch (error) {
      log().error({ err: error }, "the queue of runs could not be read");
      await sleep(faultMs, undefined, { signal }).catch(() => undefined);
    }
  }
  await Promise.all(underWay);
}
