import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { datasets, endpoints, records, runSeen } from "@/drizzle/schema";
import type { Step, StreamRecord } from "@/lib/connectors/stream-reader";
import { rowsOf } from "@/lib/db/rows";
import type { Tx } from "@/lib/db/types";
import { storableText } from "@/lib/text/storable-text";
import { countFrom } from "./count-from";
import { storablePage } from "./storable";

type Stored = { readonly added: number; readonly changed: number; readonly unchanged: number };
type RunOf = { readonly endpointId: string; readonly runId: string };

/**
 * Stores a page of records in one statement; what did not change is not written. A record that had been deleted and is
 * back counts as added. With `trackSeen`, the keys are kept for `deleteUnmet`. Change numbers grow (an unchanged record
 * leaves a gap), and become visible in their order: the data set's row stays locked until the transaction ends. The pass
 * that began the data set keeps no keys: writing them took a tenth of a page's time.
 */
export async function storePage(
  tx: Tx,
  page: RunOf & {
    readonly passId: string;
    readonly records: readonly StreamRecord[];
    readonly trackSeen: boolean;
  },
): Promise<Stored> {
  if (page.records.length === 0) return { added: 0, changed: 0, unchanged: 0 };
  const { endpointId, runId, passId, trackSeen } = page;
  const { json, count } = storablePage(page.records);
  const { newest, deleted, ...dataset } = await lockDataset(tx, endpointId);
  const isFirst = dataset.firstPassId === passId || dataset.records + deleted === 0;
  const seen =
    trackSeen && !isFirst
      ? sql`, seen as (insert into ${runSeen} (pass_id, key_hash)
        select ${passId}::uuid, hashtextextended(key, 0) from incoming)`
      : sql``;
  const [row] = await rowsOf(
    tx,
    sql`with incoming as (
        select * from jsonb_to_recordset(${json}::jsonb)
          as given (place int, key text, hash text, group_id text, parent text, data jsonb)
      ), back as (
        select key from ${records} where ${deleted > 0} and endpoint_id = ${endpointId} and deleted_at is not null
          and key in (select key from incoming)
      ), stored as (
        insert into ${records} (endpoint_id, key, seq, hash, group_id, parent, data, changed_at, run_id)
        select ${endpointId}::uuid, key, ${newest}::bigint + place, decode(hash, 'hex'), group_id, parent, data,
          clock_timestamp(), ${runId}::uuid
        from incoming
        on conflict (endpoint_id, key) do update set seq = excluded.seq, hash = excluded.hash,
          group_id = excluded.group_id, parent = excluded.parent, data = excluded.data,
          changed_at = excluded.changed_at, deleted_at = null, run_id = excluded.run_id
          where records.hash <> excluded.hash or records.deleted_at is not null
        returning seq, xmax = 0 as is_new
      )${seen}, counted as (
        select count(*) as written, count(*) filter (where is_new) as new, max(seq) as newest,
          (select count(*) from back) as back
        from stored
      ), kept as (
        update ${datasets} set newest = counted.newest, deleted = deleted - back, records = records + new + back,
          first_pass_id = case when ${isFirst} then ${passId}::uuid else first_pass_id end
        from counted where endpoint_id = ${endpointId} and written > 0
      )
      select written, new, back from counted`,
  );
  const written = countFrom(row?.written);
  const added = countFrom(row?.new) + countFrom(row?.back);
  return { added, changed: written - added, unchanged: count - written };
}

/** Marks as deleted the children of these parents whose keys are not among those that the server has now. */
export async function deleteChildren(tx: Tx, at: RunOf, completes: Step["completes"]): Promise<number> {
  if (!completes || completes.length === 0) return 0;
  const parents = JSON.stringify(completes.map(({ parent }) => storableText(parent)));
  const keys = JSON.stringify(completes.flatMap((complete) => complete.keys.map(storableText)));
  return markDeleted(
    tx,
    at,
    sql`parent = any(array(select jsonb_array_elements_text(${parents}::jsonb)))
      and key not in (select jsonb_array_elements_text(${keys}::jsonb))`,
  );
}

/**
 * Marks as deleted the records of these groups that the pass has not met; null stands for records without a group.
 * Compares with all that the pass has met, so it is called once with all groups, not once for each. The pass that began
 * the data set has met everything in it.
 */
export async function deleteUnmet(
  tx: Tx,
  at: RunOf & { readonly passId: string },
  groups: readonly (string | null)[],
): Promise<number> {
  if (groups.length === 0) return 0;
  const { firstPassId } = await lockDataset(tx, at.endpointId);
  if (firstPassId === at.passId) return 0;
  return markDeleted(
    tx,
    at,
    sql`${inGroups(groups)} and not exists (
      select from ${runSeen} where pass_id = ${at.passId} and key_hash = hashtextextended(records.key, 0))`,
  );
}

/** Marks all records of these groups as deleted: the groups are gone from the server. */
export async function deleteGroups(tx: Tx, at: RunOf, groups: readonly string[]): Promise<number> {
  return groups.length === 0 ? 0 : markDeleted(tx, at, inGroups(groups));
}

function inGroups(groups: readonly (string | null)[]): SQL {
  const ids = JSON.stringify(groups.filter((group) => group !== null).map(storableText));
  // A subquery is hashed; an array would be searched from its start for each record.
  const named = sql`group_id in (select jsonb_array_elements_text(${ids}::jsonb))`;
  return groups.includes(null) ? sql`(group_id is null or ${named})` : named;
}

/** The most rows of one statement, which on a server has a few seconds. */
const perStatement = 10_000;

async function markDeleted(tx: Tx, { endpointId, runId }: RunOf, which: SQL): Promise<number> {
  const { newest } = await lockDataset(tx, endpointId);
  let done = 0;
  for (;;) {
    const keys = await findKeys(tx, endpointId, which);
    if (keys.length > 0) {
      await tx.execute(
        sql`update ${records} set seq = ${newest + done}::bigint + gone.number, deleted_at = now.at,
          changed_at = now.at, run_id = ${runId}::uuid
        from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) with ordinality as gone(key, number),
          (select clock_timestamp() as at) as now
        where records.endpoint_id = ${endpointId} and records.key = gone.key`,
      );
    }
    done += keys.length;
    if (keys.length < perStatement) break;
  }
  if (done > 0) {
    await tx
      .update(datasets)
      .set({
        newest: newest + done,
        records: sql`${datasets.records} - ${done}`,
        deleted: sql`${datasets.deleted} + ${done}`,
      })
      .where(eq(datasets.endpointId, endpointId));
  }
  return done;
}

// Without statistics of tables that have just been filled, the planner took a nested loop over all keys for each
// record: 40,000 records did not end within the statement's ten seconds, and now take a tenth of one.
async function findKeys(tx: Tx, endpointId: string, which: SQL): Promise<string[]> {
  await tx.execute(sql`set local enable_nestloop = off`);
  const rows = await rowsOf(
    tx,
    sql`select key from ${records} where endpoint_id = ${endpointId} and deleted_at is null and ${which}
      limit ${perStatement}`,
  );
  await tx.execute(sql`set local enable_nestloop = on`);
  return rows.map(({ key }) => String(key));
}

/**
 * Locked before the statement that compares: with a snapshot from before the lock it could miss another page's rows.
 * The source is locked before its data set, as those do who change or delete it: records refer to it in any case.
 */
async function lockDataset(tx: Tx, endpointId: string) {
  const source = sql`(select id from ${endpoints} where id = ${endpointId} for key share)`;
  const locked = () =>
    tx
      .select({
        newest: datasets.newest,
        records: datasets.records,
        deleted: datasets.deleted,
        firstPassId: datasets.firstPassId,
      })
      .from(datasets)
      .where(sql`${datasets.endpointId} = ${source}`)
      .for("update");
  const [row] = await locked();
  if (row) return row;
  await tx.insert(datasets).values({ endpointId }).onConflictDoNothing();
  const [added] = await locked();
  if (!added) throw new Error("a data set's row was not found after it was added");
  return added;
}
