/** One of the actor's active sessions. */
export type OwnSession = {
  readonly id: string;
  /** Browser and system in a few words; null if the browser did not say. */
  readonly browser: string | null;
  readonly startedAt: string;
  readonly seenAt: string;
  /** True for the current request's session. */
  readonly isThisOne: boolean;
};
