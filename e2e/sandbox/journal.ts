import type { ApiKey } from "./accounts";
import type { SignIn } from "./sign-in";

/** One request and what became of it; never holds a secret, only the names of accounts and keys. */
export interface JournalEntry {
  /** Counts up from 1 for as long as the sandbox runs, also over a reset. */
  n: number;
  at: string;
  /** The name of the instance: its context path, or `tls:good` and the like. */
  instance: string;
  connection: number;
  method: string;
  path: string;
  scheme: SignIn["scheme"];
  outcome: SignIn["outcome"];
  /** The account that the credential belongs to or that it named, accepted or not; null when nobody is known by it. */
  account: string | null;
  secretKind: "password" | "user key" | "project key" | "repository key" | null;
  keyName: string | null;
  /** Whether an account lock would count this request as a try to sign in. */
  signInAttempt: boolean;
  /** Whether the request carried a cookie: a client that keeps none sends none. */
  cookie: boolean;
  /** 0 when nothing was answered. */
  status: number;
}

export interface JournalFilter {
  instance?: string | undefined;
  /** Only entries with a larger number. */
  since?: number | undefined;
}

const ENTRIES_KEPT = 2_000;

/** What was asked, oldest first, the newest 2000 only. */
export class Journal {
  #entries: JournalEntry[] = [];
  #latest = 0;

  record(entry: Omit<JournalEntry, "n" | "at">): void {
    this.#latest += 1;
    this.#entries.push({ n: this.#latest, at: new Date().toISOString(), ...entry });
    if (this.#entries.length > ENTRIES_KEPT) this.#entries.shift();
  }

  list(filter: JournalFilter = {}): JournalEntry[] {
    const { instance, since = 0 } = filter;
    return this.#entries.filter(
      (entry) => entry.n > since && (instance === undefined || entry.instance === instance),
    );
  }

  /** The number of the newest entry ever written: what to pass as `since` to see only what follows. */
  get latest(): number {
    return this.#latest;
  }

  clear(): void {
    this.#entries = [];
  }
}

/** How the journal names the kind of secret that was recognised. */
export function secretKindOf(signIn: SignIn): JournalEntry["secretKind"] {
  if (signIn.key) return kindOfKey(signIn.key);
  return signIn.outcome === "accepted" ? "password" : null;
}

function kindOfKey(key: ApiKey): JournalEntry["secretKind"] {
  switch (key.scope.kind) {
    case "user":
      return "user key";
    case "project":
      return "project key";
    case "repository":
      return "repository key";
  }
}
