/** All in milliseconds; tests use shorter times. */
export type EngineTiming = {
  /** A killed process's run is taken over after this, and its slots at the server are free. Renewed with each page and by a timer. */
  readonly leaseMs: number;
  readonly renewMs: number;
  /** Runs take turns: after this time the row goes back to the queue, behind the others. */
  readonly sliceMs: number;
  /** How often a worker looks for runs that another process requested. */
  readonly pollMs: number;
  /** Waits up to this are slept through; for longer ones the row is free for other processes. */
  readonly shortWaitMs: number;
  /** How long a run waits for a slot at the server before others have their turn. */
  readonly slotWaitMs: number;
  /** The wait after the first lost connection; doubled with each further one, up to the longest. */
  readonly retryMs: number;
  readonly longestRetryMs: number;
  /** How long a page under way may take when the process is asked to stop. */
  readonly stopMs: number;
};

/** The usual times. */
export const usualTiming: EngineTiming = {
  leaseMs: 30_000,
  renewMs: 3_000,
  sliceMs: 20_000,
  pollMs: 1_000,
  shortWaitMs: 2_000,
  slotWaitMs: 5_000,
  retryMs: 1_000,
  longestRetryMs: 60_000,
  stopMs: 3_000,
};

/** Lost connections and server errors in a row, over all slices, after which a run fails. */
export const mostTries = 10;
/** Errors in a row of one part, while others are read, after which it is left out. */
export const mostPartTries = 3;
/** Records asked for per page. */
export const fullPage = 1000;
/** A page of this many records that is still too large stays unread. */
export const smallestPage = 10;
/** Records per transaction while pages would wait for it; some five milliseconds. */
export const embeddedBatch = 100;
