import "server-only";
import type { EventRow, Previous } from "./chain";

/** Whether a row is, unchanged, the event of that number after `previous`: its MAC is recomputed as of there. */
export type Fits = (row: EventRow, number: number, previous: Previous) => boolean;

/** One broken place; `sequence` is the number under which it is found in the table. */
export type Finding = {
  readonly sequence: number;
  readonly kind: "edited" | "removed" | "inserted" | "reordered" | "head" | "unrecorded";
  readonly words: string;
};

/** What the head says is newest. */
export type Newest = { readonly sequence: number; readonly mac: Buffer };

type Last = { readonly number: number; readonly previous: Previous | null };
type Suspect = { readonly row: EventRow; readonly pushesOn: boolean };

// Whatever was done to the table, the memory of the walk stays small; the counts stay right.
const mostKept = 100;

/**
 * Walks along the chain, row by row in the order of their numbers, and names what is wrong. A row that does not belong where
 * it is found is kept for a while, in case its own place comes later.
 */
export class Walk {
  /** The first hundred; `unnamed` counts the rest. */
  readonly findings: Finding[] = [];
  unnamed = 0;
  readonly #fits: Fits;
  readonly #newest: Newest | null;
  #last: Last;
  // By how much rows stand further on than their numbers, because of rows put in before them.
  #shift = 0;
  #suspects: Suspect[] = [];
  #holes: { readonly number: number; readonly previous: Previous }[] = [];

  constructor(startsAfter: number, newest: Newest | null, fits: Fits) {
    // Without a head that can be believed nothing is known of the start.
    this.#last = { number: startsAfter, previous: newest ? { kind: "start", after: startsAfter } : null };
    this.#newest = newest;
    this.#fits = fits;
  }

  /** The number of the newest event that was found. */
  get lastNumber(): number {
    return this.#last.number;
  }

  /** Judges one row; `next` is the one after it, which often tells what was done to this one. */
  take(row: EventRow, next: EventRow | null): void {
    if (this.#isNext(row)) this.#accept(row);
    else if (!this.#recallSuspects(row)) this.#explain(row, next);
  }

  #explain(row: EventRow, next: EventRow | null): void {
    this.#reportGap(row);
    if (this.#isNext(row)) {
      this.#accept(row);
    } else if (this.#fits(row, this.#nextNumber, { kind: "refused-head" })) {
      this.#report("head", row, `Before event ${row.id} was written, the head was changed or removed.`);
      this.#accept(row);
    } else if (this.#isEdited(row, next)) {
      this.#report("edited", row, `Event ${row.id} was edited.`);
      this.#accept(row);
    } else {
      this.#suspect(row, next);
    }
  }

  get #nextNumber(): number {
    return this.#last.number + 1;
  }

  // What follows something unknown is taken on trust; the row after it is judged again.
  #isNext(row: EventRow): boolean {
    const { previous } = this.#last;
    if (previous === null) return row.mac !== null && row.id - this.#shift === this.#nextNumber;
    return this.#fits(row, this.#nextNumber, previous);
  }

  #accept(row: EventRow): void {
    this.#last = { number: this.#nextNumber, previous: after(row) };
  }

  #reportGap(row: EventRow): void {
    const missing = row.id - this.#shift - this.#nextNumber;
    if (missing <= 0) return;
    const [from, to] = [this.#nextNumber, this.#nextNumber + missing - 1];
    const words = missing === 1 ? `Event ${from} was removed.` : `Events ${from} to ${to} were removed.`;
    this.#add({ sequence: from, kind: "removed", words });
    this.#last = { number: to, previous: null };
  }

  // Its MAC has stayed, so that what follows it still follows it.
  #isEdited(row: EventRow, next: EventRow | null): boolean {
    const here = after(row);
    if (!here) return false;
    if (next) return this.#fits(next, this.#nextNumber + 1, here);
    return this.#newest?.sequence === this.#nextNumber && this.#newest.mac.equals(here.mac);
  }

  #suspect(row: EventRow, next: EventRow | null): void {
    const { number, previous } = this.#last;
    const pushesOn = next
      ? previous !== null && this.#fits(next, number + 1, previous)
      : this.#newest?.sequence === number;
    this.#reportNotWritten(row);
    this.#suspects = [...this.#suspects, { row, pushesOn }].slice(-mostKept);
    if (pushesOn) {
      this.#shift += 1;
      return;
    }
    if (previous) this.#holes = [...this.#holes, { number: number + 1, previous }].slice(-mostKept);
    this.#last = { number: number + 1, previous: null };
  }

  // True when a kept row turned out to belong where `row` stands, so that `row` itself belongs elsewhere.
  #recallSuspects(row: EventRow): boolean {
    let suspect = this.#suspectThatIsNext();
    while (suspect) {
      this.#reportReordered(suspect.row, this.#nextNumber);
      this.#accept(suspect.row);
      this.#suspects = this.#suspects.filter((other) => other !== suspect);
      if (!suspect.pushesOn) {
        const hole = this.#holes.find(({ number, previous }) => this.#fits(row, number, previous));
        if (hole) this.#reportReordered(row, hole.number);
        else this.#reportNotWritten(row);
        return true;
      }
      this.#shift -= 1;
      suspect = this.#suspectThatIsNext();
    }
    if (!this.#isNext(row)) return false;
    this.#accept(row);
    return true;
  }

  #suspectThatIsNext(): Suspect | undefined {
    const { previous } = this.#last;
    if (previous === null) return undefined;
    return this.#suspects.find(({ row }) => this.#fits(row, this.#nextNumber, previous));
  }

  #reportReordered(row: EventRow, number: number): void {
    const earlier = this.findings.findIndex(({ sequence }) => sequence === row.id);
    if (earlier >= 0) this.findings.splice(earlier, 1);
    this.#report("reordered", row, `Event ${number} was moved to place ${row.id}.`);
  }

  #reportNotWritten(row: EventRow): void {
    this.#report("inserted", row, `Place ${row.id} holds something that the portal has not written there.`);
  }

  #report(kind: Finding["kind"], row: EventRow, words: string): void {
    this.#add({ sequence: row.id, kind, words });
  }

  #add(finding: Finding): void {
    if (this.findings.length < mostKept) this.findings.push(finding);
    else this.unnamed += 1;
  }
}

function after(row: EventRow): { kind: "event"; mac: Buffer } | null {
  return row.mac ? { kind: "event", mac: row.mac } : null;
}
