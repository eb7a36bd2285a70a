import "server-only";
import type { EventRow, Previous } from "./chain";

/** True if a row is, unchanged, the event that follows `previous`: recomputes its MAC. */
export type Fits = (row: EventRow, previous: Previous) => boolean;

/** One problem of the log; `sequence` is the number of an event, or 0 for none. */
export type Finding = {
  readonly sequence: number;
  readonly kind: "event" | "head" | "unrecorded";
  readonly words: string;
};

/** Where the chain begins and ends, according to a verified head. */
export type Ends = { readonly startsAfter: number; readonly sequence: number };

// Keeps memory small, whatever was done to the table.
const mostNamed = 100;

/** Follows the chain, row by row in the order of their numbers, up to the first broken event. */
export class Walk {
  /** The chain's rows so far, verified or not. */
  chained = 0;
  /** Rows from before the chain existed. */
  unchained = 0;
  readonly findings: Finding[] = [];
  readonly #ends: Ends | null;
  readonly #fits: Fits;
  // Null while the start is unknown, as without a head: then the first row is trusted.
  #last: { readonly number: number; readonly previous: Previous } | null;
  #isBroken = false;

  constructor(ends: Ends | null, fits: Fits) {
    this.#ends = ends;
    this.#fits = fits;
    this.#last = ends && { number: ends.startsAfter, previous: { kind: "start", after: ends.startsAfter } };
  }

  /** Counts one row, and verifies it unless an earlier one is broken. */
  take(row: EventRow): void {
    const isInChain = this.#ends ? row.id > this.#ends.startsAfter : this.chained > 0;
    if (!isInChain && !row.mac) {
      this.unchained += 1;
      return;
    }
    this.chained += 1;
    if (!this.#isBroken) this.#judge(row);
  }

  /** After the last row, reports the events that the head names but that are missing. */
  end(): void {
    const { sequence = 0 } = this.#ends ?? {};
    const number = (this.#last?.number ?? 0) + 1;
    if (!this.#isBroken && number <= sequence) this.#break(number, "is missing");
  }

  #judge(row: EventRow): void {
    const { number, previous } = this.#last ?? { number: row.id - 1, previous: null };
    if (row.id > number + 1) {
      this.#break(number + 1, "is missing");
    } else if (row.id <= number || !row.mac || !this.#follows(row, previous)) {
      this.#break(row.id, "is not as the portal wrote it");
    } else {
      this.#last = { number: row.id, previous: { kind: "event", mac: row.mac } };
    }
  }

  #follows(row: EventRow, previous: Previous | null): boolean {
    if (previous === null || this.#fits(row, previous)) return true;
    if (!this.#fits(row, { kind: "refused-head" })) return false;
    const words = `Before event ${row.id} was written, the head was changed or removed.`;
    if (this.findings.length < mostNamed) this.findings.push({ sequence: row.id, kind: "head", words });
    return true;
  }

  #break(sequence: number, how: string): void {
    this.#isBroken = true;
    const words = `Event ${sequence} is the first broken one: it ${how}. Events after it were not judged.`;
    this.findings.push({ sequence, kind: "event", words });
  }
}
