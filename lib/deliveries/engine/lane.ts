import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { DestinationConnection, Past } from "@/lib/connectors/action-sender";
import { PageRefused } from "@/lib/runs/engine/fence";
import { type Lane, leaveSeat, lookMs, type ServerSeat, takeSeat } from "@/lib/runs/engine/seat";
import type { LedgerEntry } from "../ledger";
import { type DeliverySlice, deliver } from "./deliver";
import { exchange } from "./exchange";
import { endOfRefused } from "./may-go-on";
import type { Outcome, ReadyRow, ReadyUnit, Settled, Unit, Unsent } from "./unit";

/** Units whose intents are noted at once: a crash makes this many twice, per lane, be looked for. */
const perBatch = 8;
/** Of a dry run: what it sends may be repeated. */
const perDryBatch = 50;

type Seat = ServerSeat<DestinationConnection>;
type Batch = { readonly units: readonly ReadyUnit[]; readonly isSlotWanted: boolean };

const nothing: Outcome = { settled: [], unsent: [] };
const noBatch: Batch = { units: [], isSlotWanted: false };

/**
 * Sends unit after unit until none is left or the slice ends. While a batch is sent, the results of the one before are
 * stored and the intents of the next one are noted, so that no call waits for the database.
 */
export async function runDeliveryLane(slice: DeliverySlice, which: Lane): Promise<void> {
  await new DeliveryLane(slice, which).run();
}

class DeliveryLane {
  readonly #slice: DeliverySlice;
  readonly #which: Lane;
  #seat: Seat | null = null;
  /** What is answered, and not stored yet. */
  #outcome: Outcome = nothing;

  constructor(slice: DeliverySlice, which: Lane) {
    this.#slice = slice;
    this.#which = which;
  }

  async run(): Promise<void> {
    const { queue, isEnding } = this.#slice;
    try {
      while (!isEnding() && queue.hasMore()) {
        if (!(await this.#sit())) continue;
        const units = await this.#next();
        // It may have been given up while the other lane was waited for.
        while (!isEnding() && !(await this.#sit()));
        let batch = await this.#exchange(units);
        while (batch.units.length > 0) batch = await this.#send(batch);
        // The results of the last batch.
        await this.#exchange([]);
      }
    } finally {
      const seat = this.#seat;
      if (seat) await leaveSeat(this.#slice, seat);
    }
  }

  async #next(): Promise<readonly Unit[]> {
    const { queue, isEnding } = this.#slice;
    return queue.next(this.#which, this.#most(), { isEnding, onIdle: () => this.#stand() });
  }

  #most(): number {
    const { prepared } = this.#slice;
    if (prepared.action.together) return 1;
    if (prepared.isDry) return perDryBatch;
    return perBatch;
  }

  /** Sends a batch; meanwhile the next one is prepared, which it returns. */
  async #send(batch: Batch): Promise<Batch> {
    const slice = this.#slice;
    const coming = this.#exchange(slice.isEnding() ? [] : slice.queue.pick(this.#which, this.#most()));
    // Awaited after the batch; until then its failure is nobody's.
    coming.catch(() => undefined);
    const [settled, unsent]: [Settled[], Unsent[]] = [[], []];
    for (const unit of batch.units) {
      const outcome =
        slice.isEnding() || !this.#seat ? left(unit) : await deliver(slice, this.#seat.connection, unit);
      settled.push(...outcome.settled);
      unsent.push(...outcome.unsent);
      slice.queue.letGo(unit);
    }
    const next = await coming;
    this.#outcome = {
      settled: [...this.#outcome.settled, ...settled],
      unsent: [...this.#outcome.unsent, ...unsent],
    };
    if (!batch.isSlotWanted || next.units.length === 0) return next;
    // Whoever waits looks a few times a second: until then the slot is theirs.
    await this.#stand();
    await sleep(lookMs);
    while (!slice.isEnding() && !(await this.#sit()));
    return next;
  }

  async #sit(): Promise<boolean> {
    if (this.#seat) return true;
    const { openDestination } = this.#slice.prepared;
    this.#seat = await takeSeat(this.#slice, this.#which, async (egress, target) => {
      const opened = await openDestination(target.kind, egress, target);
      return opened.ok ? { ok: true, connection: opened.destination } : opened;
    });
    if (this.#seat === null && !this.#slice.isEnding()) await sleep(lookMs);
    return this.#seat !== null;
  }

  async #stand(): Promise<void> {
    const seat = this.#seat;
    this.#seat = null;
    if (seat) await leaveSeat(this.#slice, seat);
  }

  /** Stores what is answered, and notes the intents of these units; returns those that may be sent. */
  async #exchange(wanted: readonly Unit[]): Promise<Batch> {
    const slice = this.#slice;
    const { engine, prepared, queue } = slice;
    const outcome = this.#outcome;
    this.#outcome = nothing;
    if (wanted.length === 0 && outcome.settled.length + outcome.unsent.length === 0) return noBatch;
    const given = { outcome, wanted, slot: this.#seat?.slot ?? null, ...slice.takeUncounted() };
    const stored = await exchange(engine.db, prepared, given, engine.timing.leaseMs).catch(
      (error: unknown) => {
        if (!(error instanceof PageRefused)) throw error;
        slice.abort({ kind: "lost" });
        return null;
      },
    );
    if (!stored) return noBatch;
    slice.noteRenewal();
    if (outcome.settled.length > 0) slice.hasStored = true;
    queue.forget([...outcome.settled, ...outcome.unsent].map(({ row }) => row));
    slice.isCounted = stored.isCounted;
    if (stored.known === null) {
      for (const unit of wanted) this.#letGo(unit);
      slice.finish(await endOfRefused(engine.db, prepared));
      return noBatch;
    }
    if (stored.isSignInStale) slice.finish({ kind: "turn", waitMs: 0 });
    const { known, isSlotWanted } = stored;
    return { units: wanted.flatMap((unit) => this.#readyUnit(unit, known) ?? []), isSlotWanted };
  }

  #letGo(unit: Unit): void {
    this.#slice.queue.letGo(unit);
    this.#slice.queue.forget(unit);
  }

  // What stands with equal values needs no call.
  #readyUnit(unit: Unit, known: ReadonlyMap<string, LedgerEntry>): [ReadyUnit] | null {
    const rows: ReadyRow[] = [];
    const standing: Settled[] = [];
    for (const row of unit) {
      const entry = known.get(row.ledgerKey);
      if (entry?.state === "sent" && entry.hash === row.hash) {
        const found = { problems: [], cure: null, status: null, answer: entry.answer, requests: [] };
        standing.push({ row, state: "already", tries: row.tries, ...found });
      } else rows.push({ ...row, past: pastOf(entry) });
    }
    if (standing.length > 0) {
      const { settled, unsent } = this.#outcome;
      this.#outcome = { settled: [...settled, ...standing], unsent };
    }
    if (rows.length > 0) return [rows];
    this.#slice.queue.letGo(unit);
    return null;
  }
}

function pastOf(entry: LedgerEntry | undefined): Past {
  if (!entry) return { kind: "new" };
  return entry.state === "sending"
    ? { kind: "lost", answer: entry.answer }
    : { kind: "sent", answer: entry.answer ?? {} };
}

// Its turn did not come: nothing of it was sent.
function left(unit: ReadyUnit): Outcome {
  const unsent = unit.map((row) => ({ row, isUnderWay: row.past.kind === "lost", tries: row.tries }));
  return { settled: [], unsent };
}
