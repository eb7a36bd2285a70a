import { type CheckStep, type StepName, type StepState, stepNames } from "@/lib/connectors/types";

/** Keeps the steps of one check in order and tells each one as soon as it is decided. */
export type StepRecorder = {
  /** Marks a step; without a duration the time since the last mark counts. A step already decided stays as it is. */
  readonly mark: (name: StepName, state: StepState, durationMs?: number | null) => void;
  /** The first step that is not decided yet. */
  readonly current: () => StepName;
  /** Ends the check at a step: those before it count as passed, those after it as skipped. */
  readonly failAt: (name: StepName) => readonly CheckStep[];
  readonly steps: () => readonly CheckStep[];
};

/** Starts the steps of a check. A listener that throws is not heard again, and does not disturb the check. */
export function startSteps(onStep?: (step: CheckStep) => void): StepRecorder {
  const done = new Map<StepName, CheckStep>();
  let from = performance.now();
  let listener = onStep;
  const mark: StepRecorder["mark"] = (name, state, durationMs) => {
    if (done.has(name)) return;
    const now = performance.now();
    const step = { name, state, durationMs: durationMs === undefined ? Math.round(now - from) : durationMs };
    from = now;
    done.set(name, step);
    try {
      listener?.(step);
    } catch {
      listener = undefined;
    }
  };
  const steps = () => stepNames.flatMap((name) => done.get(name) ?? []);
  return {
    mark,
    steps,
    current: () => stepNames.find((name) => !done.has(name)) ?? "allowed",
    failAt: (failed) => {
      const position = stepNames.indexOf(failed);
      for (const [index, name] of stepNames.entries()) {
        if (index < position) mark(name, "passed", 0);
        else if (index === position) mark(name, "failed", name === "connection" ? null : undefined);
        else mark(name, "skipped", null);
      }
      return steps();
    },
  };
}
