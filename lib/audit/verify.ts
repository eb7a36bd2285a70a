import "server-only";
import type { KeyObject } from "node:crypto";
import { asc, gt } from "drizzle-orm";
import { auditEvents, auditHeads } from "@/drizzle/schema";
import type { KeyWrapper } from "@/lib/crypto/key-wrapper";
import { SealError } from "@/lib/crypto/seal-error";
import type { Db, Tx } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import { type EventRow, type Head, headMacOf, isSameMac, macOf } from "./chain";
import { chainKey } from "./head";
import { aboutKeptHead, aboutUnrecorded, type KeptHead } from "./lost-events";
import { type Finding, type Fits, Walk } from "./walk";

/** What a look at the whole log found; it is whole when `findings` is empty. */
export type Verification = {
  /** Events of the chain that are there. */
  readonly chained: number;
  /** Events from before there was a chain: they are counted, and nothing more is known of them. */
  readonly unchained: number;
  readonly head: Pick<Head, "sequence" | "at" | "mac"> | null;
  /** The first hundred or so; `unnamed` counts the rest. */
  readonly findings: readonly Finding[];
  readonly unnamed: number;
};

const batchSize = 500;
const mostStrays = 100;

/**
 * Checks every event against the chain, the newest against the head and against `since`, and that what is there has its
 * events, as of one moment and in bounded memory. Throws
 * WrappingKeyError when SECRET_KEYS does not hold a key that the log was written with: then nothing can be said.
 */
export async function verifyAuditLog(
  db: Db,
  wrapper: KeyWrapper = portalKeys().keyRing,
  since: KeptHead | null = null,
): Promise<Verification> {
  return db.transaction(
    async (tx) => {
      const verification = await verifyWithin(tx, new Keys(tx, wrapper));
      const lost = [...(since ? await aboutKeptHead(tx, since) : []), ...(await aboutUnrecorded(tx))];
      return { ...verification, findings: [...verification.findings, ...lost] };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

async function verifyWithin(tx: Tx, keys: Keys): Promise<Verification> {
  const [head] = await tx.select().from(auditHeads);
  const isOurs = head !== undefined && (await isMadeByUs(keys, head));
  const newest = isOurs ? head : null;
  const fits: Fits = (row, number, previous) => {
    const key = row.dataKeyId && keys.known(row.dataKeyId);
    if (!key || !row.mac) return false;
    return isSameMac(macOf(key, previous, { ...row, id: number }), row.mac);
  };

  let walk: Walk | null = newest ? new Walk(newest.startsAfter, newest, fits) : null;
  const strays: Finding[] = [];
  let [chained, unchained, unnamed] = [0, 0, 0];
  for await (const [row, next] of eventsInOrder(tx, keys)) {
    const isBefore = newest ? row.id <= newest.startsAfter : walk === null && !row.mac;
    if (isBefore && !row.mac) unchained += 1;
    else if (isBefore && strays.length < mostStrays) strays.push(stray(row));
    else if (isBefore) unnamed += 1;
    else {
      walk ??= new Walk(row.id - 1, null, fits);
      walk.take(row, next);
      chained += 1;
    }
  }
  const found = [...strays, ...(walk?.findings ?? []), ...aboutHead(head, isOurs, walk?.lastNumber ?? null)];
  return { chained, unchained, head: newest, findings: found, unnamed: unnamed + (walk?.unnamed ?? 0) };
}

function aboutHead(head: Head | undefined, isOurs: boolean, lastNumber: number | null): Finding[] {
  const broken = (words: string): Finding[] => [{ sequence: lastNumber ?? 0, kind: "head", words }];
  if (!head) return lastNumber === null ? [] : broken("The head is missing.");
  if (!isOurs) return broken("The head was changed: it is not the portal's.");
  const from = (lastNumber ?? head.startsAfter) + 1;
  if (from > head.sequence) return [];
  const words =
    from === head.sequence
      ? `The newest event, ${from}, was removed.`
      : `The newest events, ${from} to ${head.sequence}, were removed.`;
  return [{ sequence: from, kind: "removed", words }];
}

function stray(row: EventRow): Finding {
  const words = `Place ${row.id} lies before the start of the chain and holds something that the portal has not written there.`;
  return { sequence: row.id, kind: "inserted", words };
}

async function isMadeByUs(keys: Keys, head: Head): Promise<boolean> {
  const key = await keys.get(head.dataKeyId);
  return key !== null && isSameMac(headMacOf(key, head), head.headMac);
}

/** Every row with the one after it, in batches, and with the keys of both at hand. */
async function* eventsInOrder(tx: Tx, keys: Keys): AsyncGenerator<[EventRow, EventRow | null]> {
  let waiting: EventRow | null = null;
  let after = Number.MIN_SAFE_INTEGER;
  while (true) {
    const batch: EventRow[] = await tx
      .select()
      .from(auditEvents)
      .where(gt(auditEvents.id, after))
      .orderBy(asc(auditEvents.id))
      .limit(batchSize);
    for (const row of batch) {
      if (row.dataKeyId) await keys.get(row.dataKeyId);
      if (waiting) yield [waiting, row];
      waiting = row;
    }
    const last = batch.at(-1);
    if (!last) break;
    after = last.id;
  }
  if (waiting) yield [waiting, null];
}

/** The chain's key of each data key, made once. */
class Keys {
  readonly #tx: Tx;
  readonly #wrapper: KeyWrapper;
  readonly #made = new Map<string, KeyObject | null>();

  constructor(tx: Tx, wrapper: KeyWrapper) {
    this.#tx = tx;
    this.#wrapper = wrapper;
  }

  known(dataKeyId: string): KeyObject | null {
    return this.#made.get(dataKeyId) ?? null;
  }

  /** Null for a data key that does not exist, which only somebody else can have written. */
  async get(dataKeyId: string): Promise<KeyObject | null> {
    const made = this.#made.get(dataKeyId);
    if (made !== undefined) return made;
    const key = await chainKey(this.#tx, dataKeyId, this.#wrapper).catch((error: unknown) => {
      if (error instanceof SealError && error.code === "UNKNOWN_KEY") return null;
      throw error;
    });
    this.#made.set(dataKeyId, key);
    return key;
  }
}
