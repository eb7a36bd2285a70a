import "server-only";
import { and, asc, eq, gt, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { deliveries, runs } from "@/drizzle/schema";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import type { Db, Tx } from "@/lib/db/types";
import type { ClaimedRun } from "@/lib/runs/engine/claim";
import { type InputRecord, readAgain } from "./input";
import type { PreparedDelivery } from "./prepare";

/** A record that a run may take. */
export type Offered = InputRecord & {
  /** Where an earlier run has it. */
  readonly from?: { readonly runId: string; readonly number: number };
  /** What a dry run showed, and a user confirmed: nothing else is sent. */
  readonly confirmed?: { readonly key: string; readonly hash: string };
};

const isOpen = and(eq(deliveries.state, "held"), isNull(deliveries.nextRunId));

function isEarlierRun({ id, endpointId }: Pick<ClaimedRun, "id" | "endpointId">): SQL | undefined {
  return and(eq(runs.endpointId, endpointId), eq(runs.kind, "write"), gt(runs.held, 0), ne(runs.id, id));
}

type Kept = {
  readonly runId: string;
  readonly number: number;
  readonly record: string;
  readonly input: JsonObject;
};

const kept = {
  runId: deliveries.runId,
  number: deliveries.number,
  record: deliveries.record,
  input: deliveries.input,
};

/** The next records that earlier runs held and none has taken up, oldest first, as they are now. */
export async function readHeld(
  db: Db,
  prepared: PreparedDelivery,
  { offset, limit }: { offset: number; limit: number },
): Promise<Offered[]> {
  const rows = await db
    .select(kept)
    .from(deliveries)
    .innerJoin(runs, eq(runs.id, deliveries.runId))
    .where(and(isEarlierRun(prepared.run), isOpen))
    .orderBy(asc(runs.createdAt), asc(runs.id), asc(deliveries.number))
    .offset(offset)
    .limit(limit);
  return asTheyAreNow(db, prepared, rows);
}

/** The next results of the run that was picked, as they are now; of a dry run, as it showed them. */
export async function readPicked(
  db: Db,
  prepared: PreparedDelivery,
  { after, limit }: { after: number; limit: number },
): Promise<Offered[]> {
  const { pick } = prepared.run;
  if (!pick) return [];
  const rows = await db
    .select({
      ...kept,
      state: deliveries.state,
      key: deliveries.key,
      hash: sql<string>`encode(${deliveries.hash}, 'hex')`,
    })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.runId, pick.runId),
        inArray(deliveries.state, [...pick.states]),
        gt(deliveries.number, after),
        pick.search === "" ? undefined : sql`starts_with(${deliveries.key}, ${pick.search})`,
      ),
    )
    .orderBy(asc(deliveries.number))
    .limit(limit);
  const again = await asTheyAreNow(db, prepared, rows);
  return rows.map((row, at): Offered => {
    const now = again[at];
    if (row.state !== "would-send" && now) return now;
    const { runId, number, record, input, key, hash } = row;
    return { record, at: number, data: input, from: { runId, number }, confirmed: { key, hash } };
  });
}

// A record that is gone from its data set is sent as it was: it was there when it was taken.
async function asTheyAreNow(db: Db, prepared: PreparedDelivery, rows: readonly Kept[]): Promise<Offered[]> {
  const now = await readAgain(
    db,
    prepared,
    rows.map(({ record }) => record),
  );
  return rows.map(({ runId, number, record, input }) => ({
    ...{ record, at: number, data: now.get(record) ?? input, from: { runId, number } },
  }));
}

/** Notes that this run has taken up these results of earlier runs. */
export async function takeUp(tx: Tx, runId: string, offered: readonly Offered[]): Promise<void> {
  const rows = offered.flatMap(({ from }) => from ?? []);
  if (rows.length === 0) return;
  await tx.execute(
    sql`update ${deliveries} as earlier set next_run_id = ${runId}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given ("runId" uuid, number int)
      where earlier.run_id = given."runId" and earlier.number = given.number`,
  );
}

/** True if earlier runs of the destination held records that none has taken up. */
export async function hasOpenHeld(tx: Tx, run: ClaimedRun): Promise<boolean> {
  const some = await tx
    .select({ number: deliveries.number })
    .from(deliveries)
    .innerJoin(runs, eq(runs.id, deliveries.runId))
    .where(and(isEarlierRun(run), isOpen))
    .limit(1);
  return some.length > 0;
}

/** Notes that this run has taken records that earlier runs held, by the records' names. */
export async function takeUpRecords(tx: Tx, run: ClaimedRun, offered: readonly Offered[]): Promise<void> {
  if (offered.length === 0) return;
  const earlier = tx.select({ id: runs.id }).from(runs).where(isEarlierRun(run));
  const names = offered.map(({ record }) => record);
  await tx
    .update(deliveries)
    .set({ nextRunId: run.id })
    .where(and(inArray(deliveries.runId, earlier), isOpen, inArray(deliveries.record, names)));
}
