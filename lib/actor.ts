declare const minted: unique symbol;

/** How a request reached the portal. `address`: where from, as the connection or a trusted proxy says; null where neither does. */
export type Origin =
  | { readonly via: "web"; readonly address: string | null }
  | { readonly via: "schedule" | "terminal"; readonly address: null };

/**
 * Who is asking, proven: the first parameter of every query and mutation.
 * Only the session gate (`lib/auth/require-actor.ts`) makes one, after reading the session and the user, and the job
 * runner (`lib/auth/job-actor.ts`), after reading the user: a signed-out or disabled person has none.
 */
export type Actor = {
  readonly [minted]: true;
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdministrator: boolean;
  /** Ties log lines, audit rows and error messages of one request together. */
  readonly requestId: string;
  readonly origin: Origin;
};

/** Somebody who has not signed in: may sign up and sign in, nothing else. */
export type Visitor = {
  readonly requestId: string;
  readonly origin: Origin;
  /** Which browser they say they use, in a few words; left out where no session can come of it. */
  readonly browser?: string | null;
  /** The token of the session that their browser still carries: a new session takes its place. */
  readonly sessionToken?: string | null;
};
