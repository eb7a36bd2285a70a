/** How many clients may be served at once, how many may wait, and how long. */
export type LineSize = {
  readonly atOnce: number;
  readonly waiting: number;
  /** Per unknown or known client, waiting and served together: no client may fill the queue. */
  readonly perOutsider: number;
  readonly perKnown: number;
  readonly longestWaitMs: number;
};

/** A client that asks for a place: unknown clients by their key, or known clients, which unknown ones must not delay. */
export type Arrival = { readonly key: string; readonly isKnown: boolean };

/** The caller leaves it once, when the work is done. */
export type Place = { readonly leave: () => void };

type Waiting = { readonly key: string; readonly serve: (place: Place) => void };

/**
 * A bounded queue before costly work. Known and unknown clients have separate queues that take turns: a crowd in one
 * does not block the other.
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

  /** A place as soon as one is free; null at once if the queue is full, or after the longest wait. */
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
