import "server-only";
import { eq, sql } from "drizzle-orm";
import { deliveries, endpoints, runs } from "@/drizzle/schema";
import type { JsonObject } from "@/lib/connectors/stream-reader";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";
import { fromNow, isHeld, type Uncounted } from "@/lib/runs/engine/claim";
import { PageRefused, signInNow } from "@/lib/runs/engine/fence";
import { allowanceCounted } from "@/lib/server-shares/allowance";
import { renewingSlot, type ServerSlot } from "@/lib/server-shares/slots";
import { type LedgerEntry, noteIntents, noteSent, readLedger, takeBackIntents } from "../ledger";
import { mayGoOn } from "./may-go-on";
import type { PreparedDelivery } from "./prepare";
import type { Outcome, Settled, Unit } from "./unit";

/** What is stored at once: results of units that were sent, and intents of those that come next. */
export type Exchange = Uncounted & {
  readonly outcome: Outcome;
  readonly wanted: readonly Unit[];
  /** Null while the lane has given it to somebody else. */
  readonly slot: ServerSlot | null;
};

/** What storing tells about going on. */
export type Exchanged = {
  /** What the ledger knew of each wanted key; null if nothing more may be sent. */
  readonly known: ReadonlyMap<string, LedgerEntry> | null;
  readonly isSlotWanted: boolean;
  readonly isSignInStale: boolean;
  readonly isCounted: boolean;
};

/**
 * Stores results, which are facts, whatever stops the run by now; and notes the intents of what is sent next, if
 * nothing stops it. All or nothing. Throws PageRefused, and stores nothing, if the run is another process's.
 */
export async function exchange(
  db: Db,
  prepared: PreparedDelivery,
  given: Exchange,
  leaseMs: number,
): Promise<Exchanged> {
  const { run, isDry, scope } = prepared;
  const of = { endpointId: run.endpointId, scope };
  return db.transaction(async (tx) => {
    // Locked first, as those do who change or delete the destination.
    await tx
      .select({ id: endpoints.id })
      .from(endpoints)
      .where(eq(endpoints.id, run.endpointId))
      .for("key share");
    const { settled, unsent } = given.outcome;
    await storeResults(tx, run.id, given.outcome);
    if (!isDry) {
      const stands = settled.filter(({ state }) => state === "sent" || state === "already");
      await noteSent(tx, of, stands.map(entryOf));
      const refused = settled.filter(({ state }) => state === "rejected").map(({ row }) => row.ledgerKey);
      const untouched = unsent.filter(({ isUnderWay }) => !isUnderWay).map(({ row }) => row.ledgerKey);
      await takeBackIntents(tx, of, [...refused, ...untouched]);
    }
    const row = await moveOn(tx, prepared, given, leaseMs);
    const keys = given.wanted.flat().map(({ ledgerKey: key, hash }) => ({ key, hash }));
    const may = row.may_go_on === true;
    const known = !may
      ? null
      : isDry
        ? await readLedger(
            tx,
            of,
            keys.map(({ key }) => key),
          )
        : await noteIntents(tx, of, keys);
    if (known && isDry)
      for (const [key, entry] of await wouldSend(tx, run.id, given.wanted)) known.set(key, entry);
    return {
      known,
      isSlotWanted: row.is_wanted === true,
      isSignInStale: row.sign_in !== prepared.signIn,
      isCounted: row.is_counted === true,
    };
  });
}

function entryOf({ row, answer }: Settled) {
  return { key: row.ledgerKey, hash: row.hash, answer: answer ?? {} };
}

async function storeResults(tx: Tx, runId: string, { settled, unsent }: Outcome): Promise<void> {
  const tried = unsent.filter(({ row, tries }) => tries > row.tries);
  const rows = [
    ...settled.map(({ row, ...result }) => ({ number: row.number, ...result })),
    ...tried.map(({ row, tries }) => ({ ...nothing, number: row.number, tries })),
  ];
  if (rows.length === 0) return;
  await tx.execute(
    sql`update ${deliveries} as one set state = given.state, problems = given.problems, cure = given.cure,
        status = given.status, answer = given.answer, requests = given.requests, tries = given.tries,
        at = case when given.state = 'pending' then null else clock_timestamp() end
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (number int, state text, problems jsonb,
        cure text, status int, answer jsonb, requests jsonb, tries int)
      where one.run_id = ${runId} and one.number = given.number`,
  );
}

const nothing = { state: "pending", problems: [], cure: null, status: null, answer: null, requests: [] };

// The progress, the lease and the slot's; the run's row is locked last, and briefly.
async function moveOn(
  tx: Tx,
  prepared: PreparedDelivery,
  { outcome: { settled }, slot, calls, waitedMs }: Exchange,
  leaseMs: number,
): Promise<Record<string, unknown>> {
  const { run, allowance } = prepared;
  const count = (state: Settled["state"]) => settled.filter((one) => one.state === state).length;
  const progress = settled.length > 0 ? sql`, retries = 0, reason = null` : sql``;
  const [row] = await rowsOf(
    tx,
    sql`with fenced as (
        update ${runs} set lease_until = ${fromNow(leaseMs)}${progress},
          would_send = would_send + ${count("would-send")}, sent = sent + ${count("sent")},
          already_there = already_there + ${count("already")}, rejected = rejected + ${count("rejected")},
          unknown = unknown + ${count("unknown")}, calls = calls + ${calls}, waited_ms = waited_ms + ${waitedMs}
        where ${isHeld(run)}
        returning ${signInNow} as sign_in, (${mayGoOn(prepared)}) as may_go_on
      ), slot as (${slot ? renewingSlot(slot) : sql`select false as is_wanted`})
      select fenced.sign_in, fenced.may_go_on, ${allowanceCounted(allowance)} as is_counted,
        coalesce((select is_wanted from slot), true) as is_wanted
      from fenced`,
  );
  if (!row) throw new PageRefused();
  return row;
}

// In a dry run, records that it would have sent before stand for the ledger.
async function wouldSend(tx: Tx, runId: string, wanted: readonly Unit[]): Promise<Map<string, LedgerEntry>> {
  const rows = wanted.flat();
  const byKey = new Map(rows.map(({ key, ledgerKey }) => [key, ledgerKey]));
  const found = await rowsOf(
    tx,
    sql`select distinct on (key) key, encode(hash, 'hex') as hash, answer from ${deliveries}
      where run_id = ${runId} and state = 'would-send'
        and key = any(array(select jsonb_array_elements_text(${JSON.stringify([...byKey.keys()])}::jsonb)))
      order by key, number desc`,
  );
  return new Map(
    found.flatMap(({ key, hash, answer }) => {
      const name = byKey.get(String(key));
      // Only this file writes the column, with objects.
      const kept = (answer ?? {}) as JsonObject;
      return name ? [[name, { state: "sent", hash: String(hash), answer: kept }] as const] : [];
    }),
  );
}
