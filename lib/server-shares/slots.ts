import "server-only";
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import { serverSlots } from "@/drizzle/schema";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";

/**
 * What goes to one server at a time, over all processes: one request in each slot, or a check that a user waits for, which
 * may have four (decision 56).
 */
export const slotsPerServer = 2;
/** A killed process's slot is free after this. Renewed with each page and by a timer, so it outlasts every request. */
export const slotLeaseMs = 30_000;
/** How often a slot held for one piece of work is renewed. */
const renewMs = 8_000;
/** How long a wish for a slot stands; whoever waits renews it with each look. */
const wishMs = 2_000;
const pollMs = 150;
/** A re-check looks less often: of those who wait, whoever a user stands behind should come first. */
const recheckPollMs = 300;

/** A slot at a server, held until it is given back or its lease runs out. */
export type ServerSlot = {
  readonly server: string;
  readonly slot: number;
  readonly holder: string;
  readonly leaseMs: number;
};

/**
 * `run`: held over many pages, and given back when somebody else waits. `recheck`: held for one scheduled check; the next
 * one leaves the slot alone while somebody else waits. `short`: held for one piece of work that a user waits for.
 */
export type HolderKind = "run" | "recheck" | "short";

/** How long a run keeps a slot from other runs. */
const leastHeldMs = 2_000;
const nowMs = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`;

const inMs = (ms: number): SQL => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;

/**
 * Takes a free slot at once, or returns null. A run or re-check leaves a slot alone that somebody waits for, unless it
 * waits itself: `isWanting`.
 */
export async function takeServerSlot(
  db: Db,
  server: string,
  kind: HolderKind,
  { isWanting = false, leaseMs = slotLeaseMs }: { isWanting?: boolean; leaseMs?: number } = {},
): Promise<ServerSlot | null> {
  const id = randomUUID();
  const take = async () => {
    const isUnwanted =
      kind !== "short" && !isWanting
        ? sql`and (wanted_until is null or wanted_until <= clock_timestamp())`
        : sql``;
    const [row] = await rowsOf(
      db,
      sql`update ${serverSlots} set holder = ${`${kind}:`} || ${nowMs} || ${`:${id}`}, until = ${inMs(leaseMs)}, wanted_until = null
        where server = ${server} and slot = (
          select slot from ${serverSlots}
          where server = ${server} and (holder is null or until <= clock_timestamp()) ${isUnwanted}
          order by slot limit 1 for update skip locked)
        returning slot, holder`,
    );
    return row ? { server, slot: Number(row.slot), holder: String(row.holder), leaseMs } : null;
  };
  const taken = await take();
  if (taken) return taken;
  const added = await db
    .insert(serverSlots)
    .values(Array.from({ length: slotsPerServer }, (_, slot) => ({ server, slot })))
    .onConflictDoNothing()
    .returning({ slot: serverSlots.slot });
  return added.length > 0 ? take() : null;
}

/**
 * Asks for a slot at that server. A run lets go of it after its page, a re-check leaves it to whoever asked: without that,
 * a row of re-checks would take each slot again in the moment in which it came free. Another run asks only for one that
 * was held for a while: passing it on after every page would cost more time than reading. Re-checks do not ask each other.
 * False if nobody could be asked.
 */
async function wantServerSlot(db: Db, server: string, kind: HolderKind): Promise<boolean> {
  const heldMs = kind === "run" ? leastHeldMs : 0;
  const ofRuns = sql`(holder like 'run:%' and split_part(holder, ':', 2)::bigint <= ${nowMs} - ${heldMs})`;
  const asked = kind === "recheck" ? ofRuns : sql`(${ofRuns} or holder like 'recheck:%')`;
  const [asking] = await rowsOf(
    db,
    sql`update ${serverSlots} set wanted_until = ${inMs(wishMs)}
      where server = ${server} and slot = (
        select slot from ${serverSlots} where server = ${server} and ${asked}
        order by wanted_until desc nulls last, slot limit 1)
      returning slot`,
  );
  return asking !== undefined;
}

// A slot is free though it could not be taken while a wish for it stands, which may be that of somebody who has gone.
async function isSlotFree(db: Db, server: string): Promise<boolean> {
  const isFree = sql`(${serverSlots.holder} is null or ${serverSlots.until} <= clock_timestamp())`;
  return (await db.$count(serverSlots, sql`${serverSlots.server} = ${server} and ${isFree}`)) > 0;
}

/**
 * Renews a slot's lease, as a part of a larger statement: its row has `is_wanted`, true if somebody waits for the
 * slot. No row: the lease had run out, and the slot is another's.
 */
export function renewingSlot({ server, slot, holder, leaseMs }: ServerSlot): SQL {
  return sql`update ${serverSlots} set until = ${inMs(leaseMs)}
    where server = ${server} and slot = ${slot} and holder = ${holder}
    returning coalesce(wanted_until > clock_timestamp(), false) as is_wanted`;
}

/** Renews a slot's lease by itself. */
export async function renewServerSlot(db: Db | Tx, slot: ServerSlot): Promise<void> {
  await db.execute(renewingSlot(slot));
}

/** Gives a slot back; one that was lost meanwhile stays its new holder's. */
export async function giveBackServerSlot(db: Db, { server, slot, holder }: ServerSlot): Promise<void> {
  await db.execute(
    sql`update ${serverSlots} set holder = null, until = null
      where server = ${server} and slot = ${slot} and holder = ${holder}`,
  );
}

/**
 * Does `work` while holding one of the two slots of a server; `busy` if none was free within `waitMs`. Runs let go of
 * their slots for it after their current page, and re-checks after their check. Nothing else than
 * the database connects the processes.
 */
export async function withServerSlot<T>(
  db: Db,
  server: string,
  work: () => Promise<T>,
  { waitMs = 10_000, kind = "short" }: { waitMs?: number; kind?: Exclude<HolderKind, "run"> } = {},
): Promise<T | "busy"> {
  const slot = await awaitServerSlot(db, server, kind, waitMs);
  if (!slot) return "busy";
  const renewal = setInterval(() => void renewServerSlot(db, slot).catch(() => undefined), renewMs);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await giveBackServerSlot(db, slot);
  }
}

/**
 * Waits for a slot until `waitMs` are over or `signal` ends it; null if none came. A re-check waits for runs only: who else
 * has the slots makes checks too, and its process can make this one.
 */
export async function awaitServerSlot(
  db: Db,
  server: string,
  kind: HolderKind,
  waitMs: number,
  { signal, leaseMs }: { signal?: AbortSignal; leaseMs?: number } = {},
): Promise<ServerSlot | null> {
  const giveUpAt = Date.now() + waitMs;
  const lookMs = kind === "recheck" ? recheckPollMs : pollMs;
  for (let isWanting = false; ; ) {
    const slot = await takeServerSlot(db, server, kind, { isWanting, ...(leaseMs ? { leaseMs } : {}) });
    if (slot) return slot;
    if (Date.now() >= giveUpAt || signal?.aborted) return null;
    const isAsked = await wantServerSlot(db, server, kind);
    if (kind === "recheck" && !isAsked && !(await isSlotFree(db, server))) return null;
    isWanting = true;
    await sleep(lookMs * (0.75 + Math.random() / 2));
  }
}
