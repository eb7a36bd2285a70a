import "server-only";
import { randomUUID } from "node:crypto";
import { type RunKind, runs } from "@/drizzle/schema";
import type { Db } from "@/lib/db/types";
import { log } from "@/lib/log";
import type { RunFacts } from "@/lib/runs/types";
import { type ClaimedRun, handBack, isHeld } from "./claim";
import { endRun, type RunEnd } from "./end-run";
import { failedAs, PageRefused, whyStopped } from "./fence";
import type { OpenedRun, Preparation } from "./open-run";
import type { Lane } from "./seat";
import { type AnySlice, type Engine, type LaneQueue, Slice, type SliceEnd, sliceEndOf } from "./slice";
import { mostTries } from "./timing";

/**
 * Works on a claimed run for one slice, then hands it back to the queue or ends it. Ends early, and hands it back, when
 * `stop` is aborted. Rejects only when the database does.
 */
export type RunWork = (engine: Engine, run: ClaimedRun, stop: AbortSignal) => Promise<void>;

/** The work of each kind of run. */
export type RunWorks = Readonly<Record<RunKind, RunWork>>;

/** What one kind of run does within a slice. */
export type SliceParts<Prepared extends OpenedRun, Queue extends LaneQueue> = {
  readonly prepare: (db: Db, run: ClaimedRun) => Promise<Preparation<Prepared>>;
  readonly queueOf: (engine: Engine, prepared: Prepared) => Queue;
  /** Cancel gives up the calls under way: they only read. */
  readonly cancelEndsCalls: boolean;
  /** Works until the slice ends or nothing is left. May throw PageRefused. */
  readonly work: (slice: Slice<Prepared, Queue>) => Promise<SliceEnd>;
  /** What is left to do once the run has ended. */
  readonly afterEnd?: (db: Db, prepared: Prepared, end: RunEnd) => Promise<void>;
};

/** The work of a kind of run. */
export function workOf<Prepared extends OpenedRun, Queue extends LaneQueue>(
  parts: SliceParts<Prepared, Queue>,
): RunWork {
  return async (engine, run, stop) => {
    try {
      const preparation = await parts.prepare(engine.db, run);
      if (preparation.kind === "lost") return;
      if (preparation.kind === "ends") {
        await endRun(engine.db, run, preparation.owner, preparation.end);
        return;
      }
      await doSlice(engine, parts, preparation.prepared, stop);
    } catch (error) {
      await meetFault(engine, run, error);
    }
  };
}

async function doSlice<Prepared extends OpenedRun, Queue extends LaneQueue>(
  engine: Engine,
  parts: SliceParts<Prepared, Queue>,
  prepared: Prepared,
  stop: AbortSignal,
): Promise<void> {
  const { db, timing } = engine;
  const { cancelEndsCalls } = parts;
  const slice = new Slice(engine, prepared, parts.queueOf(engine, prepared), { cancelEndsCalls });
  const stopAlive = slice.keepAlive();
  const onStop = () => {
    slice.finish({ kind: "turn", waitMs: 0 });
    setTimeout(() => slice.aborted.abort(), timing.stopMs).unref();
  };
  stop.addEventListener("abort", onStop, { once: true });
  if (stop.aborted) onStop();
  try {
    const end = await parts.work(slice).catch(async (error: unknown) => {
      if (!(error instanceof PageRefused)) throw error;
      return sliceEndOf(await whyStopped(db, prepared.run));
    });
    const ended = await conclude(slice, end);
    if (ended) await parts.afterEnd?.(db, prepared, ended);
  } finally {
    stopAlive();
    stop.removeEventListener("abort", onStop);
  }
}

/** Runs both lanes to their end; a fault of one ends the other. */
export async function bothLanes<Any extends AnySlice>(
  slice: Any,
  runLane: (slice: Any, which: Lane) => Promise<void>,
): Promise<void> {
  const lanes = (["first", "second"] as const).map((which) =>
    runLane(slice, which).catch((error: unknown) => {
      // The other lane must not wait for ever.
      slice.abort({ kind: "turn", waitMs: 0 });
      throw error;
    }),
  );
  const settled = await Promise.allSettled(lanes);
  for (const lane of settled) if (lane.status === "rejected") throw lane.reason;
}

/** Hands the run back or ends it; the end, if this process was the one to end it. */
async function conclude(slice: AnySlice, end: SliceEnd): Promise<RunEnd | null> {
  const { engine, prepared } = slice;
  const { run, owner, ready } = prepared;
  const { db, timing } = engine;
  const uncounted = slice.takeUncounted();
  const retries = slice.hasStored ? 0 : run.retries;
  const back = { ...uncounted, reason: null, facts: {}, retries };
  if (end.kind === "lost") return null;
  if (end.kind === "over") return (await endRun(db, run, owner, end.end, uncounted)) ? end.end : null;
  if (end.kind === "turn") {
    await handBack(db, run, { ...back, state: "queued", waitMs: end.waitMs });
    return null;
  }
  if (end.kind === "wait") {
    await handBack(db, run, { ...back, state: "waiting", waitMs: end.ms, reason: end.why });
    return null;
  }
  const facts: RunFacts = {
    kind: ready.stored.target.kind,
    scheme: ready.shape.scheme,
    ...(end.failure ? { failure: end.failure } : {}),
  };
  const tries = retries + 1;
  if (tries >= mostTries) {
    const last: RunEnd = { ...failedAs(end.isUnreachable ? "unreachable" : "server-fails"), facts };
    return (await endRun(db, run, owner, last, uncounted)) ? last : null;
  }
  const waitMs = Math.min(timing.retryMs * 2 ** retries, timing.longestRetryMs);
  await handBack(db, run, {
    ...back,
    state: "queued",
    waitMs,
    reason: "lost-connection",
    facts,
    retries: tries,
  });
  return null;
}

// A fault of the portal's own: the database's, or a programming error. Tried again like an outage, then the run fails.
async function meetFault({ db, timing }: Engine, run: ClaimedRun, error: unknown): Promise<void> {
  const number = randomUUID();
  log().error({ err: error, runId: run.id, number }, "a run met a fault");
  // Read anew: each stored page has set it back.
  const [row] = await db.select({ retries: runs.retries }).from(runs).where(isHeld(run));
  if (!row) return;
  const tries = row.retries + 1;
  if (tries >= mostTries) {
    await endRun(db, run, null, { ...failedAs("portal-fault"), facts: { number } });
    return;
  }
  const waitMs = Math.min(timing.retryMs * 2 ** row.retries, timing.longestRetryMs);
  const nothing = { calls: 0, waitedMs: 0, reason: null, facts: {} };
  await handBack(db, run, { ...nothing, state: "queued", waitMs, retries: tries });
}
