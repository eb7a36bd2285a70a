import { type CheckStep, type StepName, type StepState, stepNames } from "@/lib/connectors/types";

/** Records the steps of one check in order and reports each as soon as it is decided. */
export type StepRecorder = {
  /** Marks a step; without a duration, the time since the last mark counts. A decided step does not change. */
  readonly mark: (name: StepName, state: StepState, durationMs?: number | null) => void;
  /** The first undecided step. */
  readonly current: () => StepName;
  /** Ends the check at a step: earlier steps count as passed, later ones as skipped. */
  readonly failAt: (name: StepName) => readonly CheckStep[];
  readonly steps: () => readonly CheckStep[];
};

/** Starts recording a check's steps. A listener that throws is not called again; the check goes on. */
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
