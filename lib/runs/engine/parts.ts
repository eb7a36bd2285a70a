import "server-only";
import { and, asc, eq, gt, notInArray, sql } from "drizzle-orm";
import { partitionCursors, runPartitions } from "@/drizzle/schema";
import type { JsonObject, PartitionStart, Position } from "@/lib/connectors/stream-reader";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";

/** A part of a pass that is to be read, from its checkpoint. */
export type Part = {
  readonly number: number;
  readonly key: string;
  readonly group: string | null;
  readonly position: Position;
  /** Where the last complete reading ended. */
  readonly cursor: JsonObject | null;
};

type PassOf = { readonly passId: string; readonly endpointId: string };

/** Adds parts to a pass and returns how many; keys that it has stay as they are. */
export async function addParts(
  tx: Tx,
  { passId, endpointId }: PassOf,
  starts: readonly PartitionStart[],
): Promise<number> {
  if (starts.length === 0) return 0;
  const rows = starts.map(({ key, group, label, position }) => ({ key, group, label, position }));
  const [row] = await rowsOf(
    tx,
    sql`with added as (
        insert into ${runPartitions} (pass_id, endpoint_id, key, group_id, label, position)
        select ${passId}::uuid, ${endpointId}::uuid, key, "group", label, position
        from rows from (jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as (key text, "group" text, label text, position jsonb)) with ordinality
          as given(key, "group", label, position, place)
        order by place
        on conflict do nothing returning 1)
      select count(*)::int as added from added`,
  );
  return Number(row?.added ?? 0);
}

/** The counts of a pass's parts, as the columns of a run. */
export async function countParts(db: Db | Tx, passId: string) {
  const counted = (state: string) => sql<number>`(count(*) filter (where state = ${state}))::int`;
  const [row] = await db
    .select({
      partitions: sql<number>`count(*)::int`,
      partitionsDone: counted("done"),
      partitionsSkipped: counted("skipped"),
      partitionsFailed: counted("failed"),
    })
    .from(runPartitions)
    .where(eq(runPartitions.passId, passId));
  return row ?? { partitions: 0, partitionsDone: 0, partitionsSkipped: 0, partitionsFailed: 0 };
}

const perLoad = 50;

/**
 * The parts of a pass that are still to be read, in their order, loaded in small batches so that memory stays flat.
 * Two lanes share it.
 */
export class PartQueue {
  readonly #db: Db;
  readonly #pass: PassOf;
  readonly #usesCursors: boolean;
  #loaded: Part[] = [];
  #after = 0;
  readonly #inHand = new Set<string>();
  /** Resolves to whether no part was in hand when the loading began: only then does nothing found mean nothing left. */
  #loading: Promise<boolean> | null = null;
  #wake: (() => void)[] = [];

  constructor(db: Db, pass: PassOf, usesCursors: boolean) {
    this.#db = db;
    this.#pass = pass;
    this.#usesCursors = usesCursors;
  }

  /**
   * True if a part is there; waits while a part in another lane's hand may still bring more, after calling `onIdle`.
   */
  async hasNext(isEnding: () => boolean, onIdle: () => Promise<void>): Promise<boolean> {
    while (!isEnding()) {
      if (this.#loaded.length > 0) return true;
      this.#loading ??= this.#load().finally(() => {
        this.#loading = null;
      });
      const isLast = await this.#loading;
      if (this.#loaded.length > 0) return true;
      if (isLast) return false;
      // Let go while the database was read, which may have missed what that part brought.
      if (this.#inHand.size === 0) continue;
      const woken = new Promise<void>((resolve) => this.#wake.push(resolve));
      await onIdle();
      await woken;
    }
    return false;
  }

  /** True if parts have to be looked for. */
  isEmpty(): boolean {
    return this.#loaded.length === 0;
  }

  /** The next part, held by the caller until `letGo`. */
  take(): Part | null {
    const part = this.#loaded.shift() ?? null;
    if (part) this.#inHand.add(part.key);
    return part;
  }

  /** The caller reads this part no more. */
  letGo(part: Part): void {
    this.#inHand.delete(part.key);
    this.look();
  }

  /** Parts may have come, or the slice ends: lanes that wait look again. */
  look(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }

  async #load(): Promise<boolean> {
    const isLast = this.#inHand.size === 0;
    const found = await this.#read(this.#after);
    // Parts that two lanes add at once may become visible against the order of their numbers.
    this.#loaded = found.length > 0 || this.#after === 0 ? found : await this.#read(0);
    this.#after = this.#loaded.at(-1)?.number ?? this.#after;
    return isLast;
  }

  async #read(after: number): Promise<Part[]> {
    const { passId, endpointId } = this.#pass;
    const rows = await this.#db
      .select({
        number: runPartitions.number,
        key: runPartitions.key,
        group: runPartitions.groupId,
        position: runPartitions.position,
        cursor: partitionCursors.value,
      })
      .from(runPartitions)
      .leftJoin(
        partitionCursors,
        and(eq(partitionCursors.endpointId, endpointId), eq(partitionCursors.key, runPartitions.key)),
      )
      .where(
        and(
          eq(runPartitions.passId, passId),
          eq(runPartitions.state, "pending"),
          gt(runPartitions.number, after),
          this.#inHand.size > 0 ? notInArray(runPartitions.key, [...this.#inHand]) : undefined,
        ),
      )
      .orderBy(asc(runPartitions.number))
      .limit(perLoad);
    return rows.map(({ number, position, cursor, ...part }) => ({
      ...part,
      number: number ?? 0,
      position: position ?? {},
      cursor: this.#usesCursors ? cursor : null,
    }));
  }
}
