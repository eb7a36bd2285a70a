import { type Answer, page, withHeaders } from "./answer";
import { reset, resetMidway } from "./delivery";
import { type FailWritesOptions, type WriteFaultOptions, WriteFaults } from "./write-faults";

export interface CutOptions extends WriteFaultOptions {
  /** In the middle of the answer. */
  midway?: boolean | undefined;
  /** Counts writes only, and cuts after the write was done, before any byte of its answer. */
  afterWrite?: boolean | undefined;
  /** Counts writes only, and cuts before anything was done. */
  beforeWrite?: boolean | undefined;
}

interface Outage {
  /** Calls that still fail; null: only the time counts. */
  calls: number | null;
  /** When it ends; null: only the calls count. */
  until: number | null;
  retryAfterSeconds: number | null;
}

/** What was told to go wrong on one server: keys that end, connections that break, outages. Undone by a reset. */
export class Disturbances {
  /** Uses left by the names of keys. */
  readonly #keys = new Map<string, number>();
  readonly writes = new WriteFaults();
  #cut: { calls: number; midway: boolean } | null = null;
  #outage: Outage | null = null;

  /** Revokes a key on this server, at once or after some more accepted requests. */
  revokeKey(keyName: string, afterCalls = 0): void {
    this.#keys.set(keyName, afterCalls);
  }

  restoreKey(keyName: string): void {
    this.#keys.delete(keyName);
  }

  isRevoked(keyName: string): boolean {
    return this.#keys.get(keyName) === 0;
  }

  /** Whether the key still signs in; each true uses it once. */
  acceptsKey(keyName: string): boolean {
    const left = this.#keys.get(keyName);
    if (left === undefined) return true;
    if (left === 0) return false;
    this.#keys.set(keyName, left - 1);
    return true;
  }

  /**
   * Breaks the connection at the call with this number from now on, before the answer or in the middle of it. With
   * `afterWrite` or `beforeWrite` only writes count, and more than one may be cut: `times`, or by chance with `rate`.
   */
  cutConnection({ midway = false, afterWrite, beforeWrite, ...which }: CutOptions = {}): void {
    if (afterWrite || beforeWrite) this.writes.cut(which, afterWrite === true);
    else this.#cut = { calls: which.atCall ?? 1, midway };
  }

  /** Answers a failure to writes: 429 with a page, or a gateway's error before or after the write was done. */
  failWrites(options: FailWritesOptions): void {
    this.writes.fail(options);
  }

  /** Answers 503 to the next calls, or for a time, or until both are over. */
  beUnavailable(
    outage: {
      calls?: number | undefined;
      ms?: number | undefined;
      retryAfterSeconds?: number | undefined;
    },
    now: number,
  ): void {
    this.#outage = {
      calls: outage.calls ?? (outage.ms === undefined ? 1 : null),
      until: outage.ms === undefined ? null : now + outage.ms,
      retryAfterSeconds: outage.retryAfterSeconds ?? null,
    };
  }

  /** The answer of a server that is down; null if it is not. */
  outage(now: number): Answer | null {
    const outage = this.#outage;
    if (!outage) return null;
    const isOver =
      (outage.calls === null || outage.calls <= 0) && (outage.until === null || now >= outage.until);
    if (isOver) {
      this.#outage = null;
      return null;
    }
    if (outage.calls !== null) outage.calls -= 1;
    const answer = page(503, "Service unavailable", "<h1>Bitbucket is not available</h1>");
    return outage.retryAfterSeconds === null
      ? answer
      : withHeaders(answer, { "Retry-After": String(outage.retryAfterSeconds) });
  }

  /** The answer, or what is left of it if its connection is to break. */
  cutOrWhole(answer: Answer): Answer {
    const cut = this.#cut;
    if (!cut) return answer;
    cut.calls -= 1;
    if (cut.calls > 0) return answer;
    this.#cut = null;
    return cut.midway
      ? { ...answer, deliver: resetMidway }
      : { status: 0, headers: {}, body: "", deliver: reset };
  }

  clear(): void {
    this.#keys.clear();
    this.writes.clear();
    this.#cut = null;
    this.#outage = null;
  }
}
