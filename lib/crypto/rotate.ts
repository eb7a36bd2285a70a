import "server-only";
import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { dataKeys } from "@/drizzle/schema/keys";
import type { KeyWrapper } from "@/lib/crypto/key-wrapper";
import { insertDataKey, lockDataKeys, prepareDataKey } from "@/lib/crypto/new-data-key";
import type { Db, Tx } from "@/lib/db/client";

/**
 * Brings every data key under the wrapper's current key; sealed values stay as they are. Each key changes in one
 * statement, so a run that was killed is finished by the next. Throws WrappingKeyError where an old key is gone.
 */
export async function rewrapDataKeys(db: Db | Tx, wrapper: KeyWrapper): Promise<{ rewrapped: number }> {
  const stale = await db
    .select()
    .from(dataKeys)
    .where(ne(dataKeys.wrappingKeyId, wrapper.currentKeyId()))
    .orderBy(asc(dataKeys.createdAt), asc(dataKeys.id));

  let rewrapped = 0;
  for (const row of stale) {
    const context = { dataKeyId: row.id };
    const key = await wrapper.unwrap({ wrappingKeyId: row.wrappingKeyId, bytes: row.wrapped }, context);
    const wrapped = await wrapper.wrap(key, context);
    // The old bytes are about to be overwritten: if the new ones did not open, every secret under them would be lost.
    const reopened = await wrapper.unwrap(wrapped, context);
    if (!reopened.equals(key))
      throw new Error(`The data key ${row.id} came back changed from its new wrapping.`);

    const changed = await db
      .update(dataKeys)
      .set({ wrapped: wrapped.bytes, wrappingKeyId: wrapped.wrappingKeyId })
      // Only if nobody else has re-wrapped it since it was read.
      .where(and(eq(dataKeys.id, row.id), eq(dataKeys.wrappingKeyId, row.wrappingKeyId)))
      .returning({ id: dataKeys.id });
    rewrapped += changed.length;
  }
  return { rewrapped };
}

/**
 * Retires the data key `retireId` and makes a new one current, with its canary, in one transaction. Naming the key
 * makes it safe to repeat: when it is no longer the current one, nothing happens and `rotated` is false.
 */
export async function rotateDataKey(
  db: Db | Tx,
  wrapper: KeyWrapper,
  retireId: string,
): Promise<{ rotated: boolean }> {
  const prepared = await prepareDataKey(wrapper);
  return db.transaction(async (tx) => {
    await lockDataKeys(tx);
    // Retire first: the unique index allows no moment with two current keys.
    const retired = await tx
      .update(dataKeys)
      .set({ retiredAt: sql`now()` })
      .where(and(eq(dataKeys.id, retireId), isNull(dataKeys.retiredAt)))
      .returning({ id: dataKeys.id });
    if (retired.length === 0) return { rotated: false };
    await insertDataKey(tx, prepared);
    return { rotated: true };
  });
}

/** Which data keys there are, and how many each wrapping key holds: a wrapping key with none may be dropped. */
export interface KeyStatus {
  readonly currentDataKeyId: string | null;
  /** Oldest first; values sealed with these wait to be re-sealed. */
  readonly retiredDataKeyIds: readonly string[];
  readonly wrappingKeys: readonly { readonly wrappingKeyId: string; readonly dataKeys: number }[];
}

/** Counts what is wrapped by which key; needs no key itself, so it also works where the portal refuses to start. */
export async function keyStatus(db: Db | Tx): Promise<KeyStatus> {
  const { id, wrappingKeyId, retiredAt, createdAt } = dataKeys;
  const rows = await db
    .select({ id, wrappingKeyId, retiredAt })
    .from(dataKeys)
    .orderBy(asc(createdAt), asc(id));
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.wrappingKeyId, (counts.get(row.wrappingKeyId) ?? 0) + 1);
  return {
    currentDataKeyId: rows.find((row) => row.retiredAt === null)?.id ?? null,
    retiredDataKeyIds: rows.filter((row) => row.retiredAt !== null).map((row) => row.id),
    wrappingKeys: [...counts].map(([key, count]) => ({ wrappingKeyId: key, dataKeys: count })),
  };
}
