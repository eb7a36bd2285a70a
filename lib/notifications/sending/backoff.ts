const minute = 60;
const hour = 60 * minute;

/** The pause after each failed attempt, in seconds: eight attempts, about a day from first to last. */
const pausesSeconds = [minute, 5 * minute, 20 * minute, hour, 3 * hour, 7 * hour, 12 * hour] as const;

/** How often a message is tried by one channel. */
export const mostAttempts = pausesSeconds.length + 1;

/** The pause after this many attempts have failed, in seconds; null after the last one. */
export function pauseAfter(attempts: number): number | null {
  return pausesSeconds[attempts - 1] ?? null;
}
