import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { runs } from "@/drizzle/schema";
import type { FailureReason } from "@/lib/connectors/types";
import type { Db } from "@/lib/db/types";
import { renewServerSlot, type ServerSlot } from "@/lib/server-shares/slots";
import { fromNow, isHeld, type Uncounted } from "./claim";
import type { RunEnd } from "./end-run";
import type { OpenedRun } from "./open-run";
import type { EngineTiming } from "./timing";

/** Why a slice ends; the first reason counts. */
export type SliceEnd =
  /** Its time is over, or something changed that a new slice finds out: the row goes back to the queue. */
  | { readonly kind: "turn"; readonly waitMs: number }
  /** The run is another process's by now, or gone. */
  | { readonly kind: "lost" }
  | { readonly kind: "wait"; readonly ms: number; readonly why: "rate-limit" | "starting" }
  /** A lost connection, or a server that fails. */
  | { readonly kind: "outage"; readonly failure: FailureReason | null; readonly isUnreachable: boolean }
  | { readonly kind: "over"; readonly end: RunEnd };

/** A slice's end for the answer of `whyStopped`. */
export function sliceEndOf(end: RunEnd | null | undefined): SliceEnd {
  if (end === null) return { kind: "lost" };
  return end ? { kind: "over", end } : { kind: "turn", waitMs: 0 };
}

/** What all engine parts of one process share. */
export type Engine = {
  readonly db: Db;
  readonly timing: EngineTiming;
  /** The embedded database has one connection for everybody. */
  readonly isEmbedded: boolean;
  readonly holder: string;
};

/** What lanes take their work from; `look` wakes those that wait. */
export type LaneQueue = { readonly look: () => void };

/** A turn of a run of any kind. */
export type AnySlice = Slice<OpenedRun, LaneQueue>;

/** A turn of one run in this process: what its lanes share. */
export class Slice<Prepared extends OpenedRun, Queue extends LaneQueue> {
  readonly engine: Engine;
  readonly prepared: Prepared;
  readonly queue: Queue;
  /** Ends calls under way. */
  readonly aborted = new AbortController();
  /** True while calls have to be counted against the account's allowance. */
  isCounted: boolean;
  /** True once something was stored: then earlier lost connections do not count. */
  hasStored = false;
  lastStoredAt = 0;
  /** True once the server has refused the sign-in of one of its calls. */
  isRefused = false;
  end: SliceEnd | null = null;
  readonly slots = new Set<ServerSlot>();
  #calls = 0;
  #waitedMs = 0;
  readonly #until: number;
  readonly #cancelEndsCalls: boolean;
  #renewedAt = performance.now();

  constructor(
    engine: Engine,
    prepared: Prepared,
    queue: Queue,
    { cancelEndsCalls }: { cancelEndsCalls: boolean },
  ) {
    this.engine = engine;
    this.prepared = prepared;
    this.queue = queue;
    this.#cancelEndsCalls = cancelEndsCalls;
    this.isCounted = prepared.isCounted;
    this.#until = performance.now() + engine.timing.sliceMs;
  }

  /** True if no further call may be sent in this slice. */
  readonly isEnding = (): boolean => {
    if (this.end === null && performance.now() >= this.#until) this.finish({ kind: "turn", waitMs: 0 });
    return this.end !== null;
  };

  /** Ends the slice after the calls and pages under way. */
  finish(end: SliceEnd): void {
    this.end ??= end;
    this.queue.look();
  }

  /** Ends the slice at once: calls under way are given up. */
  abort(end: SliceEnd): void {
    this.finish(end);
    this.aborted.abort();
  }

  /** Waits that long, or until the slice is aborted; the time counts as waited. */
  async wait(ms: number): Promise<void> {
    const from = performance.now();
    await sleep(ms, undefined, { signal: this.aborted.signal }).catch(() => undefined);
    this.#waitedMs += Math.round(performance.now() - from);
  }

  /** The lease was renewed just now. */
  noteRenewal(): void {
    this.#renewedAt = performance.now();
  }

  /** True while no other process can have taken the run over, nor will before a call that begins now is answered. */
  isLeaseFresh(): boolean {
    return performance.now() - this.#renewedAt < this.engine.timing.leaseMs / 2;
  }

  countCall(): void {
    this.#calls += 1;
  }

  /** The calls and waits that nobody has counted yet; the caller does. */
  takeUncounted(): Uncounted {
    const uncounted = { calls: this.#calls, waitedMs: this.#waitedMs };
    this.#calls = 0;
    this.#waitedMs = 0;
    return uncounted;
  }

  /** Renews the leases while an answer is awaited, and hears of a wish to cancel. Returns how to stop that. */
  keepAlive(): () => void {
    const { timing } = this.engine;
    const timer = setInterval(() => void this.#renew().catch(() => undefined), timing.renewMs);
    return () => clearInterval(timer);
  }

  async #renew(): Promise<void> {
    const { db, timing } = this.engine;
    const [row] = await db
      .update(runs)
      .set({ leaseUntil: fromNow(timing.leaseMs) })
      .where(isHeld(this.prepared.run))
      .returning({ cancelWanted: runs.cancelWanted });
    if (!row) this.abort({ kind: "lost" });
    else if (row.cancelWanted) {
      this.finish({ kind: "over", end: { state: "cancelled", reason: "by-user" } });
      if (this.#cancelEndsCalls) this.aborted.abort();
    }
    this.noteRenewal();
    for (const slot of this.slots) await renewServerSlot(db, slot);
  }
}
