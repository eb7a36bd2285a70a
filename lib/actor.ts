declare const minted: unique symbol;

/** How a request reached the portal. `address`: the client's, from the connection or a trusted proxy; null if unknown. */
export type Origin =
  | { readonly via: "web"; readonly address: string | null }
  | { readonly via: "schedule" | "terminal"; readonly address: null };

/**
 * The verified user who acts: the first parameter of every query and mutation. Only the session gate
 * (`lib/auth/require-actor.ts`) makes one, after reading session and user, the job runner
 * (`lib/auth/job-actor.ts`), after reading the user, and a calendar's address (`lib/auth/calendar-actor.ts`), to read that
 * calendar: a signed-out or disabled user has none.
 */
export type Actor = {
  readonly [minted]: true;
  readonly userId: string;
  readonly sessionId: string;
  readonly name: string;
  readonly email: string;
  readonly isAdministrator: boolean;
  /** Connects the log lines, audit rows and error messages of one request. */
  readonly requestId: string;
  readonly origin: Origin;
};

/** A client that has not signed in: may sign up and sign in, nothing else. */
export type Visitor = {
  readonly requestId: string;
  readonly origin: Origin;
  /** The browser, as the client reports it, in a few words; left out if no session can result. */
  readonly browser?: string | null;
  /** The token of the browser's previous session, which a new one replaces. */
  readonly sessionToken?: string | null;
};
