import { startTimeLimit } from "./time-limit";

/** Waits until an instant of `performance.now()`, or until the caller's signal. */
export async function pauseUntil(instant: number, signal?: AbortSignal): Promise<void> {
  const limit = startTimeLimit(Math.max(0, instant - performance.now()), signal);
  await limit.ended.catch(() => undefined);
  limit.clear();
}
