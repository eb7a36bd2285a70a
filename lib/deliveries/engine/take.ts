import "server-only";
import { and, eq, inArray, sql } from "drizzle-orm";
import { deliveries, endpoints, type RunTaking, runs } from "@/drizzle/schema";
import type { Tx } from "@/lib/db/types";
import { fromNow } from "@/lib/runs/engine/claim";
import { PageRefused } from "@/lib/runs/engine/fence";
import type { Engine } from "@/lib/runs/engine/slice";
import { readLedger } from "../ledger";
import { hasOpenHeld, type Offered, readHeld, readPicked, takeUp, takeUpRecords } from "./held";
import { readInput } from "./input";
import { mayGoOn } from "./may-go-on";
import type { PreparedDelivery } from "./prepare";
import { insertRows, type PendingRow, rowFor, type TakenRow } from "./rows";

/** Records taken with one transaction. */
const perBatch = 200;

/** What a batch is taken from, and where taking goes on after it. */
type Batch = { readonly offered: readonly Offered[]; readonly next: RunTaking | null };

/**
 * Takes a run's records in their order, batch by batch, and stores each with its values or with why it has none. Where
 * taking stands is stored with each batch, so a killed process's successor takes none twice and leaves none out.
 */
export class Taker {
  readonly #engine: Engine;
  readonly #prepared: PreparedDelivery;
  #taking: RunTaking | null;
  #taken: number;
  #closesHeld: boolean | null = null;

  constructor(engine: Engine, prepared: PreparedDelivery) {
    this.#engine = engine;
    this.#prepared = prepared;
    this.#taking = prepared.run.taking;
    this.#taken = prepared.run.taken;
  }

  /** True once everything was taken. */
  isDone(): boolean {
    return this.#taking === null;
  }

  /** Takes the next batch, and returns what of it is to be sent. Throws PageRefused if the run has to stop. */
  async takeBatch(): Promise<PendingRow[]> {
    const { db } = this.#engine;
    const taking = this.#taking;
    if (taking === null) return [];
    const { offered, next } = await this.#readBatch(taking);
    const rows = offered.map((one, at) => this.#rowFor(one, this.#taken + at + 1));
    const stored = await db.transaction((tx) => this.#store(tx, taking, { offered, next }, rows));
    this.#taking = next;
    this.#taken += rows.length;
    return stored.filter(({ state }) => state === "pending");
  }

  async #readBatch(taking: RunTaking): Promise<Batch> {
    const { db } = this.#engine;
    const prepared = this.#prepared;
    if (taking.from === "records") {
      const found = await readInput(db, prepared, { ...taking, limit: perBatch });
      const last = found.at(-1);
      const next = last && found.length === perBatch ? { ...taking, after: last.at } : null;
      return { offered: found, next };
    }
    if (taking.from === "picked") {
      const found = await readPicked(db, prepared, { after: taking.after, limit: perBatch });
      const last = found.at(-1);
      const next = last && found.length === perBatch ? { ...taking, after: last.at } : null;
      return { offered: found, next };
    }
    // Those that were taken up are not found again; a dry run takes none up, and passes over those that it has.
    const offset = prepared.isDry ? this.#taken : 0;
    const found = await readHeld(db, prepared, { offset, limit: perBatch });
    return { offered: found, next: found.length === perBatch ? taking : { ...taking, from: "records" } };
  }

  #rowFor(offered: Offered, number: number): TakenRow {
    const row = rowFor(this.#prepared, offered, number);
    if (offered.confirmed === undefined || row.state !== "pending") return row;
    if (offered.confirmed.hash === row.hash && offered.confirmed.key === row.key) return row;
    const message = "What would be sent is no longer what the dry run showed. Do another dry run.";
    return { ...row, state: "skipped", problems: [{ field: null, message }] };
  }

  async #store(
    tx: Tx,
    taking: RunTaking,
    { offered, next }: Batch,
    mapped: readonly TakenRow[],
  ): Promise<readonly TakenRow[]> {
    const { run, isDry } = this.#prepared;
    const at = taking.from === "records" ? offered.at(-1)?.at : undefined;
    // Locked first, as those do who change or delete the destination.
    await tx
      .select({ id: endpoints.id })
      .from(endpoints)
      .where(eq(endpoints.id, run.endpointId))
      .for(at === undefined || isDry ? "key share" : "no key update");
    const rows = await this.#judge(tx, mapped);
    await insertRows(tx, run.id, rows);
    if (!isDry) await this.#moveOn(tx, taking, offered, at);
    const count = (state: TakenRow["state"]) => rows.filter((row) => row.state === state).length;
    const held = await tx
      .update(runs)
      .set({
        taking: next,
        taken: sql`${runs.taken} + ${rows.length}`,
        skipped: sql`${runs.skipped} + ${count("skipped")}`,
        alreadyThere: sql`${runs.alreadyThere} + ${count("already")}`,
        leaseUntil: fromNow(this.#engine.timing.leaseMs),
      })
      .where(mayGoOn(this.#prepared))
      .returning({ id: runs.id });
    if (held.length === 0) throw new PageRefused();
    return rows;
  }

  async #moveOn(
    tx: Tx,
    taking: RunTaking,
    offered: readonly Offered[],
    at: number | undefined,
  ): Promise<void> {
    const { run } = this.#prepared;
    if (at !== undefined) {
      await tx
        .update(endpoints)
        .set({ takenSeq: sql`greatest(${endpoints.takenSeq}, ${at})` })
        .where(eq(endpoints.id, run.endpointId));
    }
    if (taking.from !== "records") return takeUp(tx, run.id, offered);
    // A run of everything takes what was held as it is now.
    this.#closesHeld ??= run.mode === "all" && (await hasOpenHeld(tx, run));
    if (this.#closesHeld) await takeUpRecords(tx, run, offered);
  }

  // What stands with equal values needs no call, unless an earlier record of this run is to change it.
  async #judge(tx: Tx, rows: readonly TakenRow[]): Promise<readonly TakenRow[]> {
    const { run, scope } = this.#prepared;
    const pending = rows.filter(({ state }) => state === "pending");
    const of = { endpointId: run.endpointId, scope };
    const known = await readLedger(tx, of, [...new Set(pending.map(({ ledgerKey }) => ledgerKey))]);
    if (known.size === 0) return rows;
    const open = await this.#openKeys(tx, pending);
    return rows.map((row) => {
      const entry = known.get(row.ledgerKey);
      const isOpen = open.has(row.key);
      if (row.state !== "pending" || !entry) return row;
      if (isOpen || entry.state !== "sent" || entry.hash !== row.hash) {
        open.add(row.key);
        return row;
      }
      return { ...row, state: "already", answer: entry.answer };
    });
  }

  async #openKeys(tx: Tx, rows: readonly TakenRow[]): Promise<Set<string>> {
    if (this.#taken === 0) return new Set();
    const found = await tx
      .selectDistinct({ key: deliveries.key })
      .from(deliveries)
      .where(
        and(
          eq(deliveries.runId, this.#prepared.run.id),
          inArray(
            deliveries.key,
            rows.map(({ key }) => key),
          ),
          inArray(deliveries.state, ["pending", "would-send"]),
        ),
      );
    return new Set(found.map(({ key }) => key));
  }
}
