/** What a rehearsal may cost at most; the rest is said to be untried. */

/** Sources and destinations. */
export const mostTrials = 200;
/** Projects and repositories of one of them. */
export const placesPerTrial = 20;
/** Requests in all. */
export const mostCalls = 200;
/** The user waits for it. */
export const longestMs = 45_000;
