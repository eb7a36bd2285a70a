import "server-only";
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { deliveries, deliveryLedger, runs } from "@/drizzle/schema";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";

/** A destination's ledger for one server, action and match key. */
export type LedgerOf = { readonly endpointId: string; readonly scope: string };

/** What the ledger knows of a key. `sending`: a call may have been sent whose answer was never stored. */
export type LedgerEntry = {
  readonly state: "sending" | "sent";
  /** Of the values that were sent last, in hexadecimal. */
  readonly hash: string;
  readonly answer: JsonObject | null;
};

/** A match key as the ledger finds it, in hexadecimal. The run's end computes it in SQL as well. */
export function ledgerKeyOf(matchKey: string): string {
  return createHash("sha256").update(matchKey).digest("hex");
}

/** Names the ledger of a base URL, action and match key: with another one of these, it begins anew. */
export function ledgerScopeOf(parts: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 32);
}

/** What the ledger knows of these keys (`ledgerKeyOf`). */
export async function readLedger(
  db: Db | Tx,
  of: LedgerOf,
  keys: readonly string[],
): Promise<Map<string, LedgerEntry>> {
  if (keys.length === 0) return new Map();
  const rows = await rowsOf(
    db,
    sql`select ${entryColumns} from ${deliveryLedger} as entry where ${isOf(of)} and key = any(${keysIn(keys)})`,
  );
  return entriesOf(rows);
}

/**
 * Notes that these keys are about to be sent, before any call: after a crash, they are looked for. Keys that stand with
 * equal values stay as they are. Returns what the ledger knew before.
 */
export async function noteIntents(
  tx: Tx,
  of: LedgerOf,
  wanted: readonly { readonly key: string; readonly hash: string }[],
): Promise<Map<string, LedgerEntry>> {
  if (wanted.length === 0) return new Map();
  const rows = await rowsOf(
    tx,
    sql`with wanted as (
        select decode(key, 'hex') as key, decode(hash, 'hex') as hash
        from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as given (key text, hash text)
      ), known as (
        select entry.* from ${deliveryLedger} as entry inner join wanted on wanted.key = entry.key where ${isOf(of)}
      ), noted as (
        insert into ${deliveryLedger} (endpoint_id, scope, key, state, hash, at)
        select ${of.endpointId}::uuid, ${of.scope}, wanted.key, 'sending', wanted.hash, clock_timestamp()
        from wanted left join known on known.key = wanted.key
        where known.key is null or known.state = 'sending' or known.hash <> wanted.hash
        -- In one order, so that two lanes never wait for each other.
        order by wanted.key
        on conflict (endpoint_id, scope, key) do update set state = 'sending', at = excluded.at
      )
      select ${entryColumns} from known as entry`,
  );
  return entriesOf(rows);
}

/** Stores that these keys stand on the server with these values. */
export async function noteSent(
  tx: Tx,
  of: LedgerOf,
  sent: readonly { readonly key: string; readonly hash: string; readonly answer: JsonObject }[],
): Promise<void> {
  if (sent.length === 0) return;
  await tx.execute(
    sql`insert into ${deliveryLedger} (endpoint_id, scope, key, state, hash, answer, at)
      select ${of.endpointId}::uuid, ${of.scope}, decode(key, 'hex'), 'sent', decode(hash, 'hex'), answer,
        clock_timestamp()
      from jsonb_to_recordset(${JSON.stringify(sent)}::jsonb) as given (key text, hash text, answer jsonb)
      order by key
      on conflict (endpoint_id, scope, key) do update set state = 'sent', hash = excluded.hash,
        answer = excluded.answer, at = excluded.at`,
  );
}

/** Takes intents back of which nothing was sent, or which the server refused: what stood before stands. */
export async function takeBackIntents(tx: Tx, of: LedgerOf, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  // A key that stood before has kept its answer.
  await tx.execute(
    sql`update ${deliveryLedger} as entry set state = 'sent'
      where ${isOf(of)} and key = any(${keysIn(keys)}) and state = 'sending' and answer is not null`,
  );
  await tx.execute(
    sql`delete from ${deliveryLedger} as entry
      where ${isOf(of)} and key = any(${keysIn(keys)}) and state = 'sending' and answer is null`,
  );
}

/**
 * Forgets the intents of a run's `unknown` results whose keys begin so, because a user says that they are to be sent
 * anew: nothing looks for them any more. What stood before stands again.
 */
export async function forgetUnknown(
  tx: Tx,
  { endpointId, runId, search }: { endpointId: string; runId: string; search: string },
): Promise<void> {
  const keys = sql`select sha256(convert_to(one.key, 'UTF8')) from ${deliveries} as one
    where one.run_id = ${runId} and one.state = 'unknown' and starts_with(one.key, ${search})`;
  const scope = sql`select ${runs.facts} ->> 'scope' from ${runs}
    where ${runs.id} = ${runId} and ${runs.endpointId} = ${endpointId}`;
  const isMeant = sql`endpoint_id = ${endpointId} and scope = (${scope}) and state = 'sending'
    and ${deliveryLedger.key} in (${keys})`;
  // A key that stood before has kept its answer.
  await tx.execute(sql`update ${deliveryLedger} set state = 'sent' where ${isMeant} and answer is not null`);
  await tx.execute(sql`delete from ${deliveryLedger} where ${isMeant} and answer is null`);
}

const entryColumns = sql`encode(entry.key, 'hex') as key, entry.state, encode(entry.hash, 'hex') as hash, entry.answer`;

function isOf({ endpointId, scope }: LedgerOf): SQL {
  return sql`entry.endpoint_id = ${endpointId} and entry.scope = ${scope}`;
}

function keysIn(keys: readonly string[]): SQL {
  return sql`array(select decode(hex, 'hex') from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) as given (hex))`;
}

function entriesOf(rows: readonly Record<string, unknown>[]): Map<string, LedgerEntry> {
  return new Map(
    rows.map(({ key, state, hash, answer }) => [
      String(key),
      // Only this file writes the column, with objects.
      {
        state: state === "sent" ? "sent" : "sending",
        hash: String(hash),
        answer: (answer ?? null) as JsonObject | null,
      },
    ]),
  );
}

/** Marks what a destination writes for a match key on the server, such as in a hidden line. */
export function markerOf(endpointId: string, matchKey: string): string {
  return createHash("sha256").update(`${endpointId}\n${matchKey}`).digest("hex").slice(0, 16);
}
