import "server-only";
import { EventEmitter } from "node:events";

type Nudges = { readonly emitter: EventEmitter; count: number };

// On globalThis, because Next bundles actions and the start hook separately: each would have its own.
const holder: typeof globalThis & { latchkeyRunNudges?: Nudges } = globalThis;

function nudges(): Nudges {
  holder.latchkeyRunNudges ??= { emitter: new EventEmitter().setMaxListeners(0), count: 0 };
  return holder.latchkeyRunNudges;
}

/** Tells this process's worker that a run was requested, cancelled or freed: it looks at once instead of at its next round. */
export function nudgeRuns(): void {
  nudges().count += 1;
  nudges().emitter.emit("look");
}

/** How many nudges there were so far. */
export function nudgesSoFar(): number {
  return nudges().count;
}

/** Resolves at the next nudge after the first `seen`, after `ms`, or when `signal` ends. */
export function untilNudged(seen: number, ms: number, signal: AbortSignal): Promise<void> {
  const { emitter, count } = nudges();
  if (count !== seen || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      emitter.off("look", end);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    emitter.once("look", end);
    signal.addEventListener("abort", end, { once: true });
  });
}
