import type { ApiKey } from "./accounts";
import { isWrite } from "./request";
import type { SignIn } from "./sign-in";

/** One request and its result; contains no secret, only the names of accounts and keys. */
export interface JournalEntry {
  /** Counts up from 1 for as long as the sandbox runs, across resets too. */
  n: number;
  at: string;
  /** The name of the instance: its context path, or `tls:good` and the like. */
  instance: string;
  connection: number;
  method: string;
  path: string;
  scheme: SignIn["scheme"];
  outcome: SignIn["outcome"];
  /** The account that the credential belongs to or names, accepted or not; null if unknown. */
  account: string | null;
  secretKind: "password" | "user key" | "project key" | "repository key" | null;
  keyName: string | null;
  /** Whether an account lock would count this request as a sign-in attempt. */
  signInAttempt: boolean;
  /** Whether the request carried a cookie, which shows that the client keeps cookies. */
  cookie: boolean;
  /** 0 if no response was sent. */
  status: number;
}

export interface JournalFilter {
  instance?: string | undefined;
  /** Only entries with a larger number. */
  since?: number | undefined;
  /** Only requests that were to change something, or only others. */
  writes?: boolean | undefined;
}

const ENTRIES_KEPT = 2_000;

/** The requests, oldest first, the newest 2000 only. */
export class Journal {
  #entries: JournalEntry[] = [];
  #latest = 0;

  record(entry: Omit<JournalEntry, "n" | "at">): void {
    this.#latest += 1;
    this.#entries.push({ n: this.#latest, at: new Date().toISOString(), ...entry });
    if (this.#entries.length > ENTRIES_KEPT) this.#entries.shift();
  }

  list(filter: JournalFilter = {}): JournalEntry[] {
    const { instance, since = 0, writes } = filter;
    return this.#entries.filter(
      (entry) =>
        entry.n > since &&
        (instance === undefined || entry.instance === instance) &&
        (writes === undefined || isWrite(entry.method) === writes),
    );
  }

  /** The number of the newest entry; pass it as `since` to read only later entries. */
  get latest(): number {
    return this.#latest;
  }

  clear(): void {
    this.#entries = [];
  }
}

/** The journal's name for the kind of the recognised secret. */
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
