import "server-only";
import { PageRefused } from "@/lib/runs/engine/fence";
import type { Lane } from "@/lib/runs/engine/seat";
import type { LaneQueue } from "@/lib/runs/engine/slice";
import type { PendingRow } from "./rows";
import type { Unit } from "./unit";

/** Where a queue gets units from. */
export type UnitSource = {
  /** The next units in their order; none for now, or once `isDone`. */
  readonly more: () => Promise<readonly Unit[]>;
  readonly isDone: () => boolean;
  /** Fewer units than this, and more are fetched. */
  readonly low: number;
  /** With this many, a lane that finds none for itself waits for the other. */
  readonly most: number;
};

/**
 * The units of a run that are to be sent. Two lanes share it: what has the target of a unit in one lane's hand waits for
 * that lane, and what has its match key waits until its result is stored. So records with equal targets keep their
 * order, and the ledger is read only after the result before.
 */
export class DeliveryQueue implements LaneQueue {
  readonly #source: UnitSource;
  #units: Unit[] = [];
  /** By target: the lane that has units of it in hand, and how many. */
  readonly #targets = new Map<string, { readonly lane: Lane; count: number }>();
  readonly #keys = new Set<string>();
  #filling: Promise<void> | null = null;
  #fault: { readonly error: unknown } | null = null;
  /** Called once if the run has to stop before everything was taken: the slice ends by that. */
  onRefused: () => Promise<void> = async () => undefined;
  #wake: (() => void)[] = [];

  constructor(source: UnitSource) {
    this.#source = source;
  }

  /** Lanes that wait look again. */
  look(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  /**
   * Waits for units for a lane that has none in hand; empty once nothing is left or the slice ends. Calls `onIdle`
   * before it waits for the other lane.
   */
  async next(
    lane: Lane,
    most: number,
    { isEnding, onIdle }: { isEnding: () => boolean; onIdle: () => Promise<void> },
  ): Promise<readonly Unit[]> {
    while (!isEnding()) {
      const units = this.pick(lane, most);
      if (units.length > 0) return units;
      if (!this.#source.isDone() && this.#units.length < this.#source.most) {
        await this.#fill();
        continue;
      }
      if (this.#units.length === 0) return [];
      const woken = new Promise<void>((resolve) => this.#wake.push(resolve));
      await onIdle();
      await woken;
    }
    return [];
  }

  /** True if anything is left to be done, now or later. */
  hasMore(): boolean {
    return this.#units.length > 0 || !this.#source.isDone();
  }

  /** Units for a lane, as they can be had at once. */
  pick(lane: Lane, most: number): readonly Unit[] {
    if (this.#fault) throw this.#fault.error;
    const picked: Unit[] = [];
    const left: Unit[] = [];
    // What waits keeps what comes after it on the same target waiting.
    const blocked = new Set<string>();
    const own = new Set<string>();
    let room = this.#roomFor(lane);
    for (const [at, unit] of this.#units.entries()) {
      if (picked.length === most) {
        left.push(...this.#units.slice(at));
        break;
      }
      const target = targetOf(unit);
      const holder = this.#targets.get(target);
      const isFree =
        !blocked.has(target) &&
        (holder === undefined ? room > 0 : holder.lane === lane) &&
        unit.every(({ key }) => !this.#keys.has(key) && !own.has(key));
      if (!isFree) {
        blocked.add(target);
        left.push(unit);
        continue;
      }
      for (const { key } of unit) own.add(key);
      if (holder) holder.count += 1;
      else {
        this.#targets.set(target, { lane, count: 1 });
        room -= 1;
      }
      picked.push(unit);
    }
    for (const key of own) this.#keys.add(key);
    this.#units = left;
    if (left.length < this.#source.low && !this.#source.isDone()) void this.#fill().catch(() => undefined);
    return picked;
  }

  // Half of the targets are for the other lane, so that both have work.
  #roomFor(lane: Lane): number {
    const known = new Set([...this.#units.map(targetOf), ...this.#targets.keys()]);
    const held = [...this.#targets.values()].filter((one) => one.lane === lane).length;
    return Math.max(1, Math.floor(known.size / 2)) - held;
  }

  /** The unit was answered, or will not be sent: the other lane may go on with its target. */
  letGo(unit: Unit): void {
    const target = targetOf(unit);
    const holder = this.#targets.get(target);
    if (holder && holder.count > 1) holder.count -= 1;
    else this.#targets.delete(target);
    this.look();
  }

  /** The results of these are stored. */
  forget(rows: readonly PendingRow[]): void {
    for (const { key } of rows) this.#keys.delete(key);
    this.look();
  }

  #fill(): Promise<void> {
    this.#filling ??= this.#source
      .more()
      .then(
        (units) => {
          this.#units.push(...units);
        },
        async (error: unknown) => {
          if (error instanceof PageRefused) return this.onRefused();
          // For the lane that asks next, too.
          this.#fault = { error };
          throw error;
        },
      )
      .finally(() => {
        this.#filling = null;
        this.look();
      });
    return this.#filling;
  }
}

function targetOf(unit: Unit): string {
  return unit[0]?.target ?? "";
}
