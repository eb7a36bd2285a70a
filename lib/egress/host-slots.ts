import "server-only";
import pLimit, { type LimitFunction } from "p-limit";

/** Spares the server, and keeps checks of one host from using up the portal. */
const slotsPerHost = 2;
/** A longer queue means that something is wrong; further calls fail at once. */
const waitingPerHost = 50;

const limits = new Map<string, LimitFunction>();

/** Frees the slot; further calls do nothing. */
export type Release = () => void;

/**
 * Waits for one of the two slots at a host (name and port, as `URL.host` writes them). Null if too many calls are
 * waiting, or `cancelled` ends first. The slot is held until released.
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
    // The last release removes the host's entry, so the list does not grow. p-limit counts down after `held` settles.
    void held.then(() => setImmediate(() => forgetIdle(host, limit)));
  });
}

function forgetIdle(host: string, limit: LimitFunction): void {
  if (limit.activeCount + limit.pendingCount === 0 && limits.get(host) === limit) limits.delete(host);
}
