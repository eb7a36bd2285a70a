import "server-only";
import type { KeyObject } from "node:crypto";
import { isNotNull, isNull, sql } from "drizzle-orm";
import { auditEvents, auditHeads, dataKeys } from "@/drizzle/schema";
import { dataKeyById } from "@/lib/crypto/data-keys";
import { deriveKey } from "@/lib/crypto/derive";
import type { KeyWrapper } from "@/lib/crypto/key-wrapper";
import { advisoryLocks } from "@/lib/db/locks";
import type { Db, Tx } from "@/lib/db/types";
import { log } from "@/lib/log";
import { portalKeys } from "@/lib/portal/keys";
import { type Head, headMacOf, isSameMac, type Previous } from "./chain";
import { wentBack } from "./known-head";

/** The place of the next event; `at` is now, or the newest event's instant if that is later. */
export type NextPlace = {
  readonly sequence: number;
  readonly at: Date;
  readonly previous: Previous;
  readonly startsAfter: number;
  readonly dataKeyId: string;
  /** The writer's transaction id, which later tells whether the event was committed. */
  readonly transactionId: string;
};

/** The chain's key for a data key; rotating SECRET_KEYS does not change it, since that only rewraps the data key. */
export async function chainKey(
  db: Db | Tx,
  dataKeyId: string,
  wrapper: KeyWrapper = portalKeys().keyRing,
): Promise<KeyObject> {
  const { key } = await dataKeyById(db, wrapper, dataKeyId);
  return deriveKey(key, "audit-chain");
}

/**
 * Locks the head until the transaction ends, and returns the next event's place: every other writer waits from here
 * on. A head that the portal did not make stops no writer, but the next event records it for ever.
 */
export async function takeHead(tx: Tx): Promise<NextPlace> {
  const held = (await readHead(tx)) ?? (await readHeadAlone(tx));
  const transactionId = held?.now.transactionId ?? (await currentTransaction(tx));
  const isBehind = await wentBack(tx, held?.head ?? null, transactionId);
  // A row beyond the head was not written by the portal, and its place in the chain is lost.
  if (held && !isBehind && held.newest <= held.head.sequence && (await isOurs(tx, held.head))) {
    const { sequence, mac, startsAfter } = held.head;
    return { ...held.now, sequence: sequence + 1, previous: { kind: "event", mac }, startsAfter };
  }
  return { ...(await placeWithoutHead(tx, isBehind)), transactionId };
}

/** Moves the head to an event; the same statement must insert that event. */
export async function headAt(
  tx: Tx,
  place: Pick<Head, "sequence" | "at" | "mac" | "startsAfter" | "dataKeyId">,
): Promise<Head> {
  return { ...place, headMac: headMacOf(await chainKey(tx, place.dataKeyId), place) };
}

type Held = { head: Head; now: { at: Date; dataKeyId: string; transactionId: string }; newest: number };

const thisTransaction = sql<string>`pg_current_xact_id()::text`;

async function currentTransaction(tx: Tx): Promise<string> {
  const [row] = await tx.select({ id: thisTransaction }).from(dataKeys).limit(1);
  if (!row) throw new Error("There is no data key: the keys have not been verified yet.");
  return row.id;
}

async function readHead(tx: Tx): Promise<Held | null> {
  const head = tx.$with("head").as(tx.select().from(auditHeads).for("update"));
  const [row] = await tx
    .with(head)
    .select({
      head: {
        sequence: head.sequence,
        at: head.at,
        mac: head.mac,
        startsAfter: head.startsAfter,
        dataKeyId: head.dataKeyId,
        headMac: head.headMac,
      },
      // Milliseconds are truncated, not rounded: an event must not lie in the future.
      at: sql`greatest(${head.at}, date_trunc('milliseconds', clock_timestamp()))`.mapWith(auditHeads.at),
      dataKeyId: dataKeys.id,
      transactionId: thisTransaction,
      newest: sql`(select coalesce(max(${auditEvents.id}), 0) from ${auditEvents})`.mapWith(Number),
    })
    .from(head)
    .innerJoin(dataKeys, isNull(dataKeys.retiredAt));
  if (!row) return null;
  return {
    head: row.head,
    now: { at: row.at, dataKeyId: row.dataKeyId, transactionId: row.transactionId },
    newest: row.newest,
  };
}

// There is no row to lock yet: the first writers take an advisory lock, and all but one find a head after it.
async function readHeadAlone(tx: Tx): Promise<Held | null> {
  await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.auditHead})`);
  return readHead(tx);
}

async function isOurs(tx: Tx, head: Head): Promise<boolean> {
  try {
    return isSameMac(headMacOf(await chainKey(tx, head.dataKeyId), head), head.headMac);
  } catch (error) {
    log().error({ err: error }, "the key of the audit log's head could not be had");
    return false;
  }
}

async function placeWithoutHead(tx: Tx, isBehind: boolean): Promise<Omit<NextPlace, "transactionId">> {
  const [known] = await tx
    .select({
      newest: sql`coalesce(max(${auditEvents.id}), 0)`.mapWith(Number),
      at: sql`date_trunc('milliseconds', clock_timestamp())`.mapWith(auditEvents.at),
      firstChained: sql<
        number | string | null
      >`min(${auditEvents.id}) filter (where ${isNotNull(auditEvents.mac)})`,
    })
    .from(auditEvents);
  const [current] = await tx.select({ id: dataKeys.id }).from(dataKeys).where(isNull(dataKeys.retiredAt));
  if (!known || !current)
    throw new Error("There is no current data key: the keys have not been verified yet.");
  const { newest, at, firstChained } = known;
  const place = { sequence: newest + 1, at, dataKeyId: current.id };
  if (firstChained === null && !isBehind) {
    return { ...place, previous: { kind: "start", after: newest }, startsAfter: newest };
  }
  log().error("the audit log's head was changed or removed outside the portal: run npm run audit:verify");
  return {
    ...place,
    previous: { kind: "refused-head" },
    startsAfter: Number(firstChained ?? newest + 1) - 1,
  };
}
