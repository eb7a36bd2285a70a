import { settledOf } from "@/lib/runs/delivery-words";
import type { RunDetails, RunSummary } from "@/lib/runs/types";

/** How far an active run is; null where that is not known yet. */
export type RunProgress = {
  /** Since its start. */
  readonly elapsedMs: number | null;
  readonly recordsPerSecond: number | null;
  /** From 0 to 1. */
  readonly share: number | null;
  readonly restMs: number | null;
};

/** A run as its page knows it; lists know nothing of how many records are expected. */
type Followed = RunSummary & Partial<Pick<RunDetails, "expected">>;

// Fewer parts, or less time, say nothing about the rest.
const fewestParts = 3;
const shortestMs = 3000;

/** How far a run is at `now`. The estimate takes the parts that are left to be like those that are done. */
export function progressOf(run: Followed, now: Date): RunProgress {
  const end = run.endedAt ? Date.parse(run.endedAt) : now.getTime();
  const elapsedMs = run.startedAt ? Math.max(0, end - Date.parse(run.startedAt)) : null;
  const { all, settled, records } = stepsOf(run);
  const readMs = elapsedMs === null ? 0 : elapsedMs - run.waitedMs;
  const isTelling = elapsedMs !== null && elapsedMs >= shortestMs;
  return {
    elapsedMs,
    recordsPerSecond: readMs >= 1000 ? Math.round(records / (readMs / 1000)) : null,
    share: all !== null && all > 1 ? Math.min(1, settled / all) : null,
    restMs:
      isTelling && all !== null && settled >= fewestParts && run.endedAt === null
        ? (elapsedMs / settled) * Math.max(0, all - settled)
        : null,
  };
}

/** What a run works through: parts of a source, records of a destination. `all` is null while it is not known. */
export function stepsOf({ kind, parts, records, deliveries, isTaking, expected = null }: Followed) {
  if (kind === "read") {
    const settled = parts.done + parts.skipped + parts.failed;
    return { all: parts.all, settled, records: records.received };
  }
  const settled = settledOf(deliveries);
  // A run takes records a little ahead of those that it sends.
  const all = isTaking ? expected && Math.max(expected, deliveries.taken) : deliveries.taken;
  return { all, settled, records: settled };
}
