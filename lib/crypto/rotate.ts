import "server-only";
import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { dataKeys } from "@/drizzle/schema/keys";
import type { Db, Tx } from "@/lib/db/types";
import type { KeyWrapper, WrappedKey } from "./key-wrapper";
import { insertDataKey, lockDataKeys, prepareDataKey } from "./new-data-key";

type DataKeyRow = typeof dataKeys.$inferSelect;

/**
 * Runs a step of a rotation in a transaction, to which the caller may add its own writes. If the step changed
 * nothing, it resolves to false, and so does this.
 */
export type RunStep = (
  step: (tx: Tx) => Promise<boolean>,
  change: { dataKeyId: string; done: number; of: number },
) => Promise<boolean>;

/**
 * Wraps every data key with the wrapper's current key; sealed values stay as they are. Each key changes in its own
 * transaction, so the next run finishes what a killed one left. Throws WrappingKeyError without an old key.
 */
export async function rewrapDataKeys(
  db: Db | Tx,
  wrapper: KeyWrapper,
  runStep: RunStep = (step) => db.transaction(step),
): Promise<{ rewrapped: number }> {
  const stale = await db
    .select()
    .from(dataKeys)
    .where(ne(dataKeys.wrappingKeyId, wrapper.currentKeyId()))
    .orderBy(asc(dataKeys.createdAt), asc(dataKeys.id));

  let rewrapped = 0;
  for (const [index, row] of stale.entries()) {
    const wrapped = await wrapAnew(wrapper, row);
    const progress = { dataKeyId: row.id, done: index + 1, of: stale.length };
    if (await runStep((tx) => storeWrapping(tx, row, wrapped), progress)) rewrapped += 1;
  }
  return { rewrapped };
}

/** Outside any transaction, since wrapping may call a key service. */
async function wrapAnew(wrapper: KeyWrapper, row: DataKeyRow): Promise<WrappedKey> {
  const context = { dataKeyId: row.id };
  const key = await wrapper.unwrap({ wrappingKeyId: row.wrappingKeyId, bytes: row.wrapped }, context);
  const wrapped = await wrapper.wrap(key, context);
  // Verified before the old bytes are overwritten: if the new ones did not unwrap, every secret under them would be lost.
  const reopened = await wrapper.unwrap(wrapped, context);
  if (reopened.equals(key)) return wrapped;
  throw new Error(`The data key ${row.id} came back changed from its new wrapping.`);
}

/** False if another process has rewrapped the key since it was read; then nothing changes. */
async function storeWrapping(
  tx: Tx,
  row: DataKeyRow,
  { bytes, wrappingKeyId }: WrappedKey,
): Promise<boolean> {
  const changed = await tx
    .update(dataKeys)
    .set({ wrapped: bytes, wrappingKeyId })
    .where(and(eq(dataKeys.id, row.id), eq(dataKeys.wrappingKeyId, row.wrappingKeyId)))
    .returning({ id: dataKeys.id });
  return changed.length > 0;
}

/**
 * Retires the data key `retireId` and makes a new one current, with its canary, in one transaction. Naming the key
 * makes it safe to repeat: if it is no longer current, nothing happens and `rotated` is false.
 */
export async function rotateDataKey(
  db: Db | Tx,
  wrapper: KeyWrapper,
  retireId: string,
  runStep: RunStep = (step) => db.transaction(step),
): Promise<{ rotated: boolean }> {
  const prepared = await prepareDataKey(wrapper);
  const step = async (tx: Tx) => {
    await lockDataKeys(tx);
    // Retire first: the unique index forbids two current keys.
    const retired = await tx
      .update(dataKeys)
      .set({ retiredAt: sql`now()` })
      .where(and(eq(dataKeys.id, retireId), isNull(dataKeys.retiredAt)))
      .returning({ id: dataKeys.id });
    if (retired.length === 0) return false;
    await insertDataKey(tx, prepared);
    return true;
  };
  return { rotated: await runStep(step, { dataKeyId: prepared.key.id, done: 1, of: 1 }) };
}

/** One data key: the key of SECRET_KEYS that wraps it, and when it was retired; null for the current one. */
export interface StoredDataKey {
  readonly id: string;
  readonly wrappingKeyId: string;
  readonly retiredAt: Date | null;
}

/** Lists the data keys, oldest first; needs no key itself, so it also works when the portal refuses to start. */
export async function listDataKeys(db: Db | Tx): Promise<StoredDataKey[]> {
  const { id, wrappingKeyId, retiredAt, createdAt } = dataKeys;
  return db.select({ id, wrappingKeyId, retiredAt }).from(dataKeys).orderBy(asc(createdAt), asc(id));
}
