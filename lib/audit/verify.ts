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
import { type Finding, Walk } from "./walk";

/** The result of a verification; the log is intact if `findings` is empty. */
export type Verification = {
  /** Existing events of the chain. */
  readonly chained: number;
  /** Events from before the chain existed: they are counted, but cannot be verified. */
  readonly unchained: number;
  readonly head: Pick<Head, "sequence" | "at" | "mac"> | null;
  readonly findings: readonly Finding[];
};

const batchSize = 500;

/**
 * Verifies the events against the chain up to the first broken one, the newest event against the head and against
 * `since`, and that existing rows have their events; all at one instant and in bounded memory. Throws
 * WrappingKeyError if SECRET_KEYS lacks a key that the log was written with: then nothing can be verified.
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
  const walk = new Walk(newest, (row, previous) => {
    const key = row.dataKeyId && keys.known(row.dataKeyId);
    return Boolean(key && row.mac && isSameMac(macOf(key, previous, row), row.mac));
  });
  for await (const row of eventsInOrder(tx, keys)) walk.take(row);
  walk.end();
  const { chained, unchained, findings } = walk;
  const aboutHead = isOurs ? [] : findingsOfHead(head, chained);
  return { chained, unchained, head: newest, findings: [...findings, ...aboutHead] };
}

function findingsOfHead(head: Head | undefined, chained: number): Finding[] {
  if (head) return [{ sequence: 0, kind: "head", words: "The head was changed: it is not the portal's." }];
  return chained === 0 ? [] : [{ sequence: 0, kind: "head", words: "The head is missing." }];
}

async function isMadeByUs(keys: Keys, head: Head): Promise<boolean> {
  const key = await keys.get(head.dataKeyId);
  return key !== null && isSameMac(headMacOf(key, head), head.headMac);
}

/** Every row, in batches, with its key loaded. */
async function* eventsInOrder(tx: Tx, keys: Keys): AsyncGenerator<EventRow> {
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
      yield row;
    }
    const last = batch.at(-1);
    if (!last) break;
    after = last.id;
  }
}

/** The chain's key of each data key, derived once. */
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

  /** Null for a data key that does not exist: the portal did not write that row. */
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
