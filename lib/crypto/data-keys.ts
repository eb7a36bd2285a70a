import "server-only";
import { eq, isNull } from "drizzle-orm";
import { dataKeys } from "@/drizzle/schema/keys";
import type { Db, Tx } from "@/lib/db/types";
import type { DataKey } from "./data-key";
import type { KeyWrapper } from "./key-wrapper";
import { insertDataKey, lockDataKeys, prepareDataKey } from "./new-data-key";
import { SealError } from "./seal-error";

type DataKeyRow = typeof dataKeys.$inferSelect;

/** Per wrapper, so that a key unwrapped by one ring is never served to the holder of another. */
const unwrapped = new WeakMap<KeyWrapper, Map<string, DataKey>>();

/**
 * The data key to seal with now. Its id is read each time, since another process may have rotated it; its bytes are
 * unwrapped once per process. Throws WrappingKeyError, or Error before the first `verifyKeys`.
 */
export async function currentDataKey(db: Db | Tx, wrapper: KeyWrapper): Promise<DataKey> {
  const row = await findCurrentRow(db);
  if (!row) throw new Error("There is no current data key: the keys have not been verified yet.");
  return unwrapOnce(row, wrapper);
}

/**
 * The same, locked until the transaction ends: a rotation waits for it, so that nothing is sealed with a key retired
 * meanwhile. Throws as `currentDataKey`.
 */
export async function holdCurrentDataKey(tx: Tx, wrapper: KeyWrapper): Promise<DataKey> {
  const [row] = await tx.select().from(dataKeys).where(isNull(dataKeys.retiredAt)).for("share");
  // None if a rotation committed while this waited for its lock: the next statement sees the new key.
  return row ? unwrapOnce(row, wrapper) : currentDataKey(tx, wrapper);
}

/** The data key of that id, current or retired. Throws SealError UNKNOWN_KEY if there is none, or WrappingKeyError. */
export async function dataKeyById(db: Db | Tx, wrapper: KeyWrapper, id: string): Promise<DataKey> {
  const known = unwrapped.get(wrapper)?.get(id);
  if (known) return known;
  const [row] = await db.select().from(dataKeys).where(eq(dataKeys.id, id));
  if (!row) throw new SealError("UNKNOWN_KEY");
  return unwrapOnce(row, wrapper);
}

/** Creates the current data key with its canary if there is none; however many processes try at once, only one key results. */
export async function createFirstDataKey(db: Db | Tx, wrapper: KeyWrapper): Promise<void> {
  const prepared = await prepareDataKey(wrapper);
  await db.transaction(async (tx) => {
    await lockDataKeys(tx);
    if (await findCurrentRow(tx)) return;
    await insertDataKey(tx, prepared);
  });
}

async function findCurrentRow(db: Db | Tx): Promise<DataKeyRow | undefined> {
  const [row] = await db.select().from(dataKeys).where(isNull(dataKeys.retiredAt));
  return row;
}

async function unwrapOnce(row: DataKeyRow, wrapper: KeyWrapper): Promise<DataKey> {
  const known = unwrapped.get(wrapper) ?? new Map<string, DataKey>();
  unwrapped.set(wrapper, known);
  const cached = known.get(row.id);
  if (cached) return cached;

  const wrapped = { wrappingKeyId: row.wrappingKeyId, bytes: row.wrapped };
  const dataKey = { id: row.id, key: await wrapper.unwrap(wrapped, { dataKeyId: row.id }) };
  known.set(row.id, dataKey);
  return dataKey;
}
