import { type Rung, type RungName, type RungState, rungNames } from "@/lib/connectors/types";

/** Keeps the rungs of one check in order and tells each one as soon as it is decided. */
export type Ladder = {
  /** Marks a rung; without a duration the time since the last mark counts. A rung already decided stays as it is. */
  readonly mark: (name: RungName, state: RungState, durationMs?: number | null) => void;
  /** The first rung that is not decided yet. */
  readonly current: () => RungName;
  /** Ends the climb at a rung: those before it count as passed, those after it as skipped. */
  readonly failAt: (name: RungName) => readonly Rung[];
  readonly rungs: () => readonly Rung[];
};

/** Starts a ladder. A listener that throws is not heard again, and does not disturb the check. */
export function startLadder(onRung?: (rung: Rung) => void): Ladder {
  const done = new Map<RungName, Rung>();
  let from = performance.now();
  let listener = onRung;
  const mark: Ladder["mark"] = (name, state, durationMs) => {
    if (done.has(name)) return;
    const now = performance.now();
    const rung = { name, state, durationMs: durationMs === undefined ? Math.round(now - from) : durationMs };
    from = now;
    done.set(name, rung);
    try {
      listener?.(rung);
    } catch {
      listener = undefined;
    }
  };
  const rungs = () => rungNames.flatMap((name) => done.get(name) ?? []);
  return {
    mark,
    rungs,
    current: () => rungNames.find((name) => !done.has(name)) ?? "allowed",
    failAt: (failed) => {
      const position = rungNames.indexOf(failed);
      for (const [index, name] of rungNames.entries()) {
        if (index < position) mark(name, "passed", 0);
        else if (index === position) mark(name, "failed", name === "connection" ? null : undefined);
        else mark(name, "skipped", null);
      }
      return rungs();
    },
  };
}
