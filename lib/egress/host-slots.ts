import "server-only";
import pLimit, { type LimitFunction } from "p-limit";

/** Polite to the server, and a check of one host cannot use up the portal. */
const slotsPerHost = 2;
/** More waiting than this means that something is wrong; the next one is told at once. */
const waitingPerHost = 50;

const limits = new Map<string, LimitFunction>();

/** Gives the place back; calling it again does nothing. */
export type Release = () => void;

/**
 * Waits for one of the two places at a host (name and port, as `URL.host` writes them). Null when too many are waiting
 * already or `cancelled` ends first. The place is held until released.
 */
export async function takeSlot(host: string, cancelled: AbortSignal): Promise<Release | null> {
  const limit = limits.get(host) ?? pLimit(slotsPerHost);
  limits.set(host, limit);
  if (limit.pendingCount >= waitingPerHost || cancelled.aborted) return null;

  return new Promise((resolve) => {
    const giveUp = () => resolve(null);
    cancelled.addEventListener("abort", giveUp, { once: true });
    const held = limit(
      () =>
        new Promise<void>((release) => {
          cancelled.removeEventListener("abort", giveUp);
          if (cancelled.aborted) release();
          else resolve(() => release());
        }),
    );
    // The last one out: a portal that meets many hosts keeps no list of them. p-limit counts down after `held` settles.
    void held.then(() => setImmediate(() => forgetIdle(host, limit)));
  });
}

function forgetIdle(host: string, limit: LimitFunction): void {
  if (limit.activeCount + limit.pendingCount === 0 && limits.get(host) === limit) limits.delete(host);
}
