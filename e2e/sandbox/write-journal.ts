import { createHash } from "node:crypto";
import { secretFreeBody } from "./secret-free";

/** One request that was to change something, without secrets. */
export interface WriteEntry {
  /** Counts up from 1 for as long as the sandbox runs, across resets too. */
  n: number;
  at: string;
  /** The name of the instance: its context path, or `tls:good` and the like. */
  instance: string;
  method: string;
  /** With its query. */
  path: string;
  /** The body's type without parameters; empty if there was none. */
  type: string;
  /** At most 4,000 characters of the body; `bodyHash` is of all of it. */
  body: string;
  bodyHash: string;
  /** The signed-in account; null for nobody. */
  account: string | null;
  /** What the client was told; 0 if the connection broke before the answer. */
  status: number;
  /** Whether the server did it, whatever the client was told. */
  done: boolean;
}

export interface WriteFilter {
  instance?: string | undefined;
  /** Only entries with a larger number. */
  since?: number | undefined;
  account?: string | undefined;
  /** Only those that were done, or only those that were not. */
  done?: boolean | undefined;
}

const ENTRIES_KEPT = 30_000;
const LONGEST_BODY = 4_000;

/** The writes, oldest first: at least the newest 30,000. */
export class WriteJournal {
  #entries: WriteEntry[] = [];
  #latest = 0;

  record({ body, ...entry }: Omit<WriteEntry, "n" | "at" | "bodyHash">): void {
    this.#latest += 1;
    const shown = secretFreeBody(body);
    this.#entries.push({
      n: this.#latest,
      at: new Date().toISOString(),
      ...entry,
      body: shown.slice(0, LONGEST_BODY),
      bodyHash: createHash("sha256").update(shown).digest("hex"),
    });
    // Rarely, so that a long list is not moved with each write.
    if (this.#entries.length >= 2 * ENTRIES_KEPT) this.#entries = this.#entries.slice(-ENTRIES_KEPT);
  }

  list({ instance, since = 0, account, done }: WriteFilter = {}): WriteEntry[] {
    return this.#entries.filter(
      (entry) =>
        entry.n > since &&
        (instance === undefined || entry.instance === instance) &&
        (account === undefined || entry.account === account) &&
        (done === undefined || entry.done === done),
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
