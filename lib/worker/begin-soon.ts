import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Begins the background jobs in `waitMs` milliseconds, after the first answers: their code takes a tenth of the start to
 * load. The returned function stops them, or lets them never begin.
 */
export function beginSoon(waitMs = 1_000): () => Promise<void> {
  const stopped = new AbortController();
  const begun = begin(waitMs, stopped.signal);
  return async () => {
    stopped.abort();
    const worker = await begun;
    await worker?.stop();
  };
}

async function begin(waitMs: number, signal: AbortSignal) {
  const isEnding = await sleep(waitMs, false, { signal }).catch(() => true);
  if (isEnding) return null;
  const { beginBackgroundJobs } = await import("./jobs");
  return beginBackgroundJobs();
}
