/** A bound in time that remembers whether it was the clock or the caller who ended it. */
export type TimeLimit = {
  readonly signal: AbortSignal;
  /** All of its time, in milliseconds. */
  readonly ms: number;
  /** Null while running. */
  readonly endedBy: () => "time" | "caller" | null;
  /** Rejects when the limit ends; never resolves. Lets waits that know no signal be raced. */
  readonly ended: Promise<never>;
  /** Ends it now, as if the time were over. */
  readonly expire: () => void;
  readonly clear: () => void;
};

/**
 * Starts a limit of `ms` milliseconds that the caller's signal, if any, can end earlier. Always `clear()` it. A timer of
 * our own instead of `AbortSignal.timeout` with `AbortSignal.any`: those cannot be cleared when the work is done, a
 * long-lived caller's signal would gather them, and on Node.js 20 one that the garbage collector finds never ends.
 */
export function startTimeLimit(ms: number, caller?: AbortSignal): TimeLimit {
  const controller = new AbortController();
  let by: "time" | "caller" | null = null;
  const end = (cause: "time" | "caller") => {
    if (by !== null) return;
    by = cause;
    controller.abort(new Error(cause === "time" ? "time limit" : "cancelled"));
  };
  const onCallerAbort = () => end("caller");
  const timer = setTimeout(() => end("time"), ms);
  const ended = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason), { once: true });
  });
  ended.catch(() => undefined); // nobody may be waiting when it ends
  if (caller?.aborted) onCallerAbort();
  else caller?.addEventListener("abort", onCallerAbort, { once: true });
  return {
    signal: controller.signal,
    ms,
    endedBy: () => by,
    ended,
    expire: () => end("time"),
    clear: () => {
      clearTimeout(timer);
      caller?.removeEventListener("abort", onCallerAbort);
    },
  };
}
