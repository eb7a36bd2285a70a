import "server-only";
import { and, asc, eq, gt, inArray, ne, sql } from "drizzle-orm";
import { datasets, partitionCursors, recordGroups, runPartitions, runs } from "@/drizzle/schema";
import type { KnownGroup } from "@/lib/connectors/stream-reader";
import { deleteGroups, deleteUnmet } from "@/lib/datasets/store";
import { inBackground } from "@/lib/db/driver";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";
import { fromNow } from "./claim";
import type { RunEnd } from "./end-run";
import { mayStore, PageRefused } from "./fence";
import { addParts, countParts } from "./parts";
import type { PreparedRun } from "./prepare";

const groupsPerStep = 500;

/**
 * Adds parts that find out what became of the groups that the pass has not met. Returns how many are new; none once
 * all have been looked for.
 */
export async function addFindParts(db: Db, prepared: PreparedRun, leaseMs: number): Promise<number> {
  const { run, reader, settings } = prepared;
  const { endpointId, passId } = run;
  let added = 0;
  for (let after = ""; ; ) {
    const groups = await db
      .select({
        id: recordGroups.id,
        label: recordGroups.label,
        address: recordGroups.address,
        state: recordGroups.state,
      })
      .from(recordGroups)
      .where(
        and(
          eq(recordGroups.endpointId, endpointId),
          sql`${recordGroups.passId} is distinct from ${passId}`,
          ne(recordGroups.state, "gone"),
          gt(recordGroups.id, after),
        ),
      )
      .orderBy(asc(recordGroups.id))
      .limit(groupsPerStep);
    const starts = groups.flatMap((group: KnownGroup) => reader.find(settings, group) ?? []);
    added += await fenced(db, prepared, leaseMs, async (tx) => {
      const count = await addParts(tx, { passId, endpointId }, starts);
      await tx
        .update(runs)
        .set({ partitions: sql`${runs.partitions} + ${count}` })
        .where(eq(runs.id, run.id));
      return count;
    });
    if (groups.length < groupsPerStep) return added;
    after = groups.at(-1)?.id ?? after;
  }
}

/**
 * Closes a pass all of whose parts were read or left out: marks what was deleted on the server, keeps the cursors, and
 * says how the run ends; null, and nothing is done, if a part is still to be read. May be repeated, so a kill in the
 * middle harms nothing.
 */
export async function closePass(db: Db, prepared: PreparedRun, leaseMs: number): Promise<RunEnd | null> {
  const { run, isFull } = prepared;
  const { endpointId, passId, id: runId } = run;
  const at = { endpointId, runId };
  return fenced(db, prepared, leaseMs, async (tx) => {
    const isPending = and(eq(runPartitions.passId, passId), eq(runPartitions.state, "pending"));
    if ((await tx.$count(runPartitions, isPending)) > 0) return null;
    const outcome = await outcomeOfPass(tx, prepared);
    const gone = await goneGroups(tx, prepared);
    let deleted = await deleteGroups(tx, at, gone);
    if (isFull) {
      // Without statistics of rows that were just written, the planner would compare each record with each key.
      await tx.execute(sql`set local enable_nestloop = off`);
      deleted += await deleteUnmet(tx, { ...at, passId }, outcome.completeGroups);
      await tx.execute(sql`set local enable_nestloop = on`);
    }
    await keepCursors(tx, prepared, outcome.completeGroups);
    const counts = await countParts(tx, passId);
    await tx
      .update(runs)
      .set({ ...counts, deleted: sql`${runs.deleted} + ${deleted}` })
      .where(eq(runs.id, runId));
    const since = isFull
      ? { fullRunAt: sql`clock_timestamp()`, runsSinceFull: 0 }
      : { runsSinceFull: sql`${datasets.runsSinceFull} + 1` };
    await tx.insert(datasets).values({ endpointId }).onConflictDoNothing();
    await tx.update(datasets).set(since).where(eq(datasets.endpointId, endpointId));
    return { state: outcome.hasGaps ? "incomplete" : "succeeded", reason: null };
  });
}

/** Forgets what a pass has met, in steps: it is needed no more. */
export async function forgetSeen(db: Db, passId: string): Promise<void> {
  for (;;) {
    const step = sql`with gone as (delete from run_seen where ctid = any(array(
          select ctid from run_seen where pass_id = ${passId} limit 10000)) returning 1)
        select count(*)::int as gone from gone`;
    const [row] = await inBackground(db, () => rowsOf(db, step));
    if (Number(row?.gone ?? 0) < 10_000) return;
  }
}

type PassOutcome = { readonly hasGaps: boolean; readonly completeGroups: readonly (string | null)[] };

/** The groups that were read to their end; null stands for records without a group. */
async function outcomeOfPass(tx: Tx, { run }: PreparedRun): Promise<PassOutcome> {
  const groups = await tx
    .select({
      group: runPartitions.groupId,
      isComplete: sql<boolean>`bool_and(${runPartitions.state} = 'done')`,
      hasGaps: sql<boolean>`bool_or(${runPartitions.state} = 'failed'
        or (${runPartitions.state} = 'skipped' and ${runPartitions.reason} is distinct from 'gone'))`,
      // A group that was only looked for was not read.
      wasRead: sql<boolean>`bool_or(${runPartitions.key} not like 'find:%')`,
    })
    .from(runPartitions)
    .where(eq(runPartitions.passId, run.passId))
    .groupBy(runPartitions.groupId);
  const hasGaps = groups.some((group) => group.hasGaps);
  const complete = groups
    .filter(({ isComplete, wasRead }) => isComplete && wasRead)
    .map(({ group }) => group);
  if (hasGaps) return { hasGaps, completeGroups: complete };
  // Without a gap, groups without a part of their own were read with the list that named them.
  const withPart = new Set(groups.map(({ group }) => group));
  const met = await tx
    .select({ id: recordGroups.id })
    .from(recordGroups)
    .where(
      and(
        eq(recordGroups.endpointId, run.endpointId),
        eq(recordGroups.passId, run.passId),
        eq(recordGroups.state, "readable"),
      ),
    );
  const listed = met.map(({ id }) => id).filter((id) => !withPart.has(id));
  return { hasGaps, completeGroups: [...complete, ...listed] };
}

/** The groups that this pass found to be gone. */
async function goneGroups(tx: Tx, { run }: PreparedRun): Promise<string[]> {
  const rows = await tx
    .selectDistinct({ id: recordGroups.id })
    .from(recordGroups)
    .innerJoin(
      runPartitions,
      and(eq(runPartitions.groupId, recordGroups.id), eq(runPartitions.passId, run.passId)),
    )
    .where(and(eq(recordGroups.endpointId, run.endpointId), eq(recordGroups.state, "gone")));
  return rows.map(({ id }) => id);
}

async function keepCursors(tx: Tx, { run }: PreparedRun, groups: readonly (string | null)[]): Promise<void> {
  const named = groups.filter((group) => group !== null);
  const isOfGroup = and(
    eq(runPartitions.passId, run.passId),
    sql`(${inArray(runPartitions.groupId, [...named, ""])} or (${runPartitions.groupId} is null and ${groups.includes(null)}))`,
    sql`${runPartitions.cursor} is not null`,
  );
  await tx.execute(
    sql`insert into ${partitionCursors} (endpoint_id, key, value)
      select ${runPartitions.endpointId}, ${runPartitions.key}, ${runPartitions.cursor}
      from ${runPartitions} where ${isOfGroup}
      on conflict (endpoint_id, key) do update set value = excluded.value`,
  );
}

async function fenced<T>(
  db: Db,
  { run }: PreparedRun,
  leaseMs: number,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  return db.transaction(async (tx) => {
    const result = await work(tx);
    const held = await tx
      .update(runs)
      .set({ leaseUntil: fromNow(leaseMs) })
      .where(mayStore(run))
      .returning({ id: runs.id });
    if (held.length === 0) throw new PageRefused();
    return result;
  });
}
