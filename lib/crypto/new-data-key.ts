import "server-only";
import { sql } from "drizzle-orm";
import { dataKeys, keyCanaries } from "@/drizzle/schema/keys";
import { advisoryLocks } from "@/lib/db/locks";
import type { Tx } from "@/lib/db/types";
import { sealCanary } from "./canary-value";
import { generateDataKey } from "./data-key";
import type { KeyWrapper } from "./key-wrapper";

/** The two rows of a data key that is not stored yet. */
export interface PreparedDataKey {
  readonly key: typeof dataKeys.$inferInsert & { readonly id: string };
  readonly canary: typeof keyCanaries.$inferInsert;
}

/**
 * Generates a wrapped data key and its canary without the database: wrapping may call a key service, so do it before
 * the transaction.
 */
export async function prepareDataKey(wrapper: KeyWrapper): Promise<PreparedDataKey> {
  const dataKey = generateDataKey();
  const wrapped = await wrapper.wrap(dataKey.key, { dataKeyId: dataKey.id });
  return {
    key: { id: dataKey.id, wrapped: wrapped.bytes, wrappingKeyId: wrapped.wrappingKeyId },
    canary: { dataKeyId: dataKey.id, sealed: sealCanary(dataKey) },
  };
}

/** Stores a prepared key as the current one; the unique index refuses it while another is current. */
export async function insertDataKey(tx: Tx, prepared: PreparedDataKey): Promise<void> {
  await tx.insert(dataKeys).values(prepared.key);
  await tx.insert(keyCanaries).values(prepared.canary);
}

/**
 * Keeps every other process from changing the current key until the transaction ends. Values read before the wait may
 * be stale: read them again.
 */
export async function lockDataKeys(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${advisoryLocks.dataKeys})`);
}
