import "server-only";
import { eq, sql } from "drizzle-orm";
import { endpoints, recordGroups, runPartitions, runs } from "@/drizzle/schema";
import type { Group, GroupState, SkipReason, Step, StreamRecord } from "@/lib/connectors/stream-reader";
import { deleteChildren, deleteUnmet, storePage } from "@/lib/datasets/store";
import { delaysPages, inBackground } from "@/lib/db/driver";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";
import { allowanceCounted } from "@/lib/server-shares/allowance";
import { renewingSlot, type ServerSlot } from "@/lib/server-shares/slots";
import { fromNow, type Uncounted } from "./claim";
import { isHeldOn, mayStore, PageRefused, signInNow } from "./fence";
import { addParts, type Part } from "./parts";
import type { PreparedRun } from "./prepare";
import { embeddedBatch } from "./timing";

/** What one answer brought, and what it cost. */
export type ReadPage = Uncounted & {
  readonly part: Part;
  readonly step: Step & { readonly skipped?: SkipReason };
  readonly slot: ServerSlot;
};

/** What storing a page tells about going on. */
export type StoredPage = {
  /** Somebody waits for the slot, or it is another's. */
  readonly isSlotWanted: boolean;
  /** The credential or its secret is another than the one that reads. */
  readonly isSignInStale: boolean;
  readonly isCounted: boolean;
};

type Counts = {
  received: number;
  added: number;
  changed: number;
  unchanged: number;
  deleted: number;
  spawned: number;
};

/**
 * Stores a page with its checkpoint and the run's progress, all or nothing; on the embedded database, while
 * somebody uses the portal, in several transactions, of which the last one moves the checkpoint. Throws PageRefused, and stores nothing more, if the run is
 * another process's or has to stop.
 */
export async function storeReadPage(
  db: Db,
  prepared: PreparedRun,
  page: ReadPage,
  leaseMs: number,
): Promise<StoredPage> {
  const batches = delaysPages(db) ? batchesOf(page.step.records) : [page.step.records];
  let stored: StoredPage | null = null;
  for (const [at, records] of batches.entries()) {
    const batch = { records, isFirst: at === 0, isLast: at === batches.length - 1, leaseMs };
    stored = await inBackground(db, () => db.transaction((tx) => storeBatch(tx, prepared, page, batch)));
  }
  if (!stored) throw new Error("a page without a batch");
  return stored;
}

function batchesOf(records: readonly StreamRecord[]): (readonly StreamRecord[])[] {
  const count = Math.max(1, Math.ceil(records.length / embeddedBatch));
  return Array.from({ length: count }, (_, at) =>
    records.slice(at * embeddedBatch, (at + 1) * embeddedBatch),
  );
}

// Locked first, as those do who change or delete the source; storing records does it as well.
async function lockSource(tx: Tx, endpointId: string): Promise<void> {
  await tx.select({ id: endpoints.id }).from(endpoints).where(eq(endpoints.id, endpointId)).for("key share");
}

type Batch = { records: readonly StreamRecord[]; isFirst: boolean; isLast: boolean; leaseMs: number };

async function storeBatch(tx: Tx, prepared: PreparedRun, page: ReadPage, batch: Batch): Promise<StoredPage> {
  const { records, isLast } = batch;
  const { run, isFull } = prepared;
  const { endpointId, passId, id: runId } = run;
  const { part, step } = page;
  if (records.length === 0) await lockSource(tx, endpointId);
  const at = { endpointId, runId };
  const readsAll = step.readsAll === true;
  const kept = await storePage(tx, { ...at, passId, records, trackSeen: isFull || readsAll });
  const counts: Counts = { ...kept, received: records.length, deleted: 0, spawned: 0 };
  if (isLast) {
    counts.deleted = await deleteChildren(tx, at, step.completes);
    if (readsAll && step.next === null)
      counts.deleted += await deleteUnmet(tx, { ...at, passId }, [part.group]);
    await keepGroups(tx, { endpointId, passId }, step.groups ?? []);
    await markGroup(tx, endpointId, part.group, stateFoundBy(step));
    counts.spawned = await addParts(tx, { passId, endpointId }, step.spawns ?? []);
  }
  return moveOn(tx, prepared, page, { ...batch, counts });
}

// One statement: the fence, the progress, the checkpoint and the slot's lease. Last, so that the run's row is locked
// only briefly, and after the source's.
async function moveOn(
  tx: Tx,
  { run, allowance, signIn }: PreparedRun,
  { part, step, slot, calls, waitedMs }: ReadPage,
  { counts, isFirst, isLast, leaseMs }: Batch & { counts: Counts },
): Promise<StoredPage> {
  const { received, added, changed, unchanged, deleted, spawned } = counts;
  const isOver = isLast && step.next === null;
  const reason = isLast ? skippedAs(step) : null;
  const [row] = await rowsOf(
    tx,
    sql`with part as (
        update ${runPartitions} set received = received + ${received}, calls = calls + ${isLast ? calls : 0},
          reason = coalesce(${reason}, reason),
          position = ${isLast ? sql`${step.next === null ? null : JSON.stringify(step.next)}::jsonb` : sql`position`},
          cursor = ${isOver && step.cursor ? sql`${JSON.stringify(step.cursor)}::jsonb` : sql`cursor`},
          state = ${isOver ? sql`case when coalesce(${reason}, reason) is null then 'done' else 'skipped' end` : sql`state`}
        where pass_id = ${run.passId} and key = ${part.key}
        returning state
      ), fenced as (
        update ${runs} set lease_until = ${fromNow(leaseMs)}, retries = 0, reason = null,
          received = received + ${received}, added = added + ${added}, changed = changed + ${changed},
          unchanged = unchanged + ${unchanged}, deleted = deleted + ${deleted},
          unusable = unusable + ${isLast ? (step.unusable ?? 0) : 0},
          calls = calls + ${isLast ? calls : 0}, waited_ms = waited_ms + ${isLast ? waitedMs : 0},
          partitions = partitions + ${spawned},
          partitions_done = partitions_done + (select count(*) from part where state = 'done' and ${isOver}),
          partitions_skipped = partitions_skipped + (select count(*) from part where state = 'skipped' and ${isOver})
        where ${isFirst ? mayStore(run) : isHeldOn(run)}
        returning ${signInNow} as sign_in
      ), slot as (${renewingSlot(slot)})
      select fenced.sign_in, ${allowanceCounted(allowance)} as is_counted,
        coalesce((select is_wanted from slot), true) as is_wanted
      from fenced`,
  );
  if (!row) throw new PageRefused();
  return {
    isSlotWanted: row.is_wanted === true,
    isSignInStale: row.sign_in !== signIn,
    isCounted: row.is_counted === true,
  };
}

// What was deleted in the meantime leaves no gap, unless it is all that the part reads.
function skippedAs({ skipped, groupState }: ReadPage["step"]): SkipReason | null {
  if (skipped === "no-right" || groupState === "unreadable") return "no-right";
  return groupState === "gone" ? "gone" : null;
}

function stateFoundBy(step: ReadPage["step"]): GroupState | null {
  if (step.groupState) return step.groupState;
  return step.next === null && step.skipped === "no-right" ? "unreadable" : null;
}

async function markGroup(
  tx: Tx,
  endpointId: string,
  group: string | null,
  state: GroupState | null,
): Promise<void> {
  if (group === null || state === null) return;
  await tx.execute(
    sql`update ${recordGroups} set state = ${state}, since = clock_timestamp()
      where endpoint_id = ${endpointId} and id = ${group} and state <> ${state}`,
  );
}

async function keepGroups(
  tx: Tx,
  { endpointId, passId }: { endpointId: string; passId: string },
  groups: readonly Group[],
): Promise<void> {
  if (groups.length === 0) return;
  // The last of equal ids counts: one statement may not write a row twice.
  const rows = [...new Map(groups.map((group) => [group.id, group])).values()];
  await tx.execute(
    sql`insert into ${recordGroups} as known (endpoint_id, id, label, address, since, pass_id)
      select ${endpointId}::uuid, id, label, address, clock_timestamp(), ${passId}::uuid
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as (id text, label text, address jsonb)
      on conflict (endpoint_id, id) do update set label = excluded.label, address = excluded.address,
        pass_id = excluded.pass_id, state = 'readable',
        since = case when known.state = 'readable' then known.since else excluded.since end,
        previous_label = case when known.label = excluded.label then known.previous_label else known.label end,
        moved_at = case when known.label = excluded.label then known.moved_at else excluded.since end`,
  );
}
