/** A time limit that remembers whether the clock or the caller ended it. */
export type TimeLimit = {
  readonly signal: AbortSignal;
  /** Its full length, in milliseconds. */
  readonly ms: number;
  /** Null while running. */
  readonly endedBy: () => "time" | "caller" | null;
  /** Rejects when the limit ends; never resolves. For racing waits that take no signal. */
  readonly ended: Promise<never>;
  /** Ends the limit now, as if time had run out. */
  readonly expire: () => void;
  readonly clear: () => void;
};

/**
 * Starts a limit of `ms` milliseconds that the caller's signal, if any, can end earlier. Always `clear()` it. It does
 * not use `AbortSignal.timeout` with `AbortSignal.any`: those cannot be cleared, accumulate on a long-lived caller's
 * signal, and on Node.js 20 never end once garbage-collected.
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
  ended.catch(() => undefined); // `ended` may have no listener
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
