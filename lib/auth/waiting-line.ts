/** How many may be at it at once, and how many may wait for how long. */
export type LineSize = {
  readonly atOnce: number;
  readonly waiting: number;
  /** Of one unknown client's key and of one known arrival's, waiting and at it together: no client may fill the line. */
  readonly perOutsider: number;
  readonly perKnown: number;
  readonly longestWaitMs: number;
};

/** Who asks for a place: unknown clients by their key, and those whom unknown clients must not keep waiting. */
export type Arrival = { readonly key: string; readonly isKnown: boolean };

/** Given up once, when the work is done. */
export type Place = { readonly leave: () => void };

type Waiting = { readonly key: string; readonly serve: (place: Place) => void };

/**
 * A bounded line before costly work. Known arrivals wait apart from unknown clients, and the two take turns: however many there are
 * of one kind, the other is served.
 */
export class WaitingLine {
  readonly #size: LineSize;
  readonly #known: Waiting[] = [];
  readonly #outsiders: Waiting[] = [];
  readonly #held = new Map<string, number>();
  #busy = 0;
  #isOutsidersTurn = false;

  constructor(size: LineSize) {
    this.#size = size;
  }

  /** A place as soon as one is free; null at once when the line is full, and later when the longest wait is over. */
  enter({ key, isKnown }: Arrival): Promise<Place | null> {
    const line = isKnown ? this.#known : this.#outsiders;
    const grantedToKey = this.#held.get(key) ?? 0;
    if (grantedToKey >= (isKnown ? this.#size.perKnown : this.#size.perOutsider))
      return Promise.resolve(null);
    if (this.#busy >= this.#size.atOnce && line.length >= this.#size.waiting) return Promise.resolve(null);
    this.#held.set(key, grantedToKey + 1);
    if (this.#busy < this.#size.atOnce) return Promise.resolve(this.#placeFor(key));
    return new Promise((resolve) => {
      const giveUp = setTimeout(() => {
        line.splice(line.indexOf(waiting), 1);
        this.#forget(key);
        resolve(null);
      }, this.#size.longestWaitMs);
      const waiting: Waiting = {
        key,
        serve: (place) => {
          clearTimeout(giveUp);
          resolve(place);
        },
      };
      line.push(waiting);
    });
  }

  #placeFor(key: string): Place {
    this.#busy += 1;
    let isLeft = false;
    const leave = () => {
      if (isLeft) return;
      isLeft = true;
      this.#busy -= 1;
      this.#forget(key);
      const next = this.#next();
      next?.serve(this.#placeFor(next.key));
    };
    return { leave };
  }

  #next(): Waiting | undefined {
    const isOutsiders = this.#outsiders.length > 0 && (this.#isOutsidersTurn || this.#known.length === 0);
    this.#isOutsidersTurn = !isOutsiders;
    return (isOutsiders ? this.#outsiders : this.#known).shift();
  }

  #forget(key: string): void {
    const left = (this.#held.get(key) ?? 1) - 1;
    if (left > 0) this.#held.set(key, left);
    else this.#held.delete(key);
  }
}
