/** One of the actor's own sessions that is still alive. */
export type OwnSession = {
  readonly id: string;
  /** Browser and system in a few words; null where it did not say. */
  readonly browser: string | null;
  readonly startedAt: string;
  readonly seenAt: string;
  /** The session of this very request. */
  readonly isThisOne: boolean;
};
