import "server-only";
import { asc, eq } from "drizzle-orm";
import { dataKeys, keyCanaries } from "@/drizzle/schema/keys";
import type { Db, Tx } from "@/lib/db/types";
import { opensCanary } from "./canary-value";
import { createFirstDataKey } from "./data-keys";
import { isWrappingKeyError, type KeyWrapper, type WrappingKeyErrorCode } from "./key-wrapper";

/** Why the portal must not become ready; `message` is for the operator and names key ids only. */
export type KeyProblem =
  | {
      readonly code: WrappingKeyErrorCode;
      readonly wantedKeyId: string;
      readonly configuredKeyIds: readonly string[];
      readonly message: string;
    }
  | { readonly code: "CANARY_REFUSED"; readonly dataKeyId: string; readonly message: string };

/** Whether this wrapper opens every data key and its canary. */
export type KeyVerification = { ok: true; dataKeys: number } | { ok: false; problem: KeyProblem };

/**
 * Verifies at start-up that every data key, retired ones included, unwraps and opens its canary. Creates the current
 * data key if there is none; with any problem it writes nothing. Throws only what the database or a key service
 * throws.
 */
export async function verifyKeys(db: Db | Tx, wrapper: KeyWrapper): Promise<KeyVerification> {
  const found = await verifyStored(db, wrapper);
  if (!found.ok || found.hasCurrent) return verdictOf(found);
  await createFirstDataKey(db, wrapper);
  // Verified again: another process may have created the key first, under another ring.
  return verdictOf(await verifyStored(db, wrapper));
}

/** The same for callers that must not write, without creating a key: null if every stored data key opens. */
export async function findKeyProblem(db: Db | Tx, wrapper: KeyWrapper): Promise<KeyProblem | null> {
  const found = await verifyStored(db, wrapper);
  return found.ok ? null : found.problem;
}

type StoredKeys = { ok: true; dataKeys: number; hasCurrent: boolean } | { ok: false; problem: KeyProblem };

async function verifyStored(db: Db | Tx, wrapper: KeyWrapper): Promise<StoredKeys> {
  const rows = await db
    .select({ key: dataKeys, canary: keyCanaries.sealed })
    .from(dataKeys)
    .leftJoin(keyCanaries, eq(keyCanaries.dataKeyId, dataKeys.id))
    .orderBy(asc(dataKeys.createdAt), asc(dataKeys.id));

  for (const { key, canary } of rows) {
    const problem = await findProblem(key, canary, wrapper);
    if (problem) return { ok: false, problem };
  }
  return { ok: true, dataKeys: rows.length, hasCurrent: rows.some(({ key }) => key.retiredAt === null) };
}

/** Unwraps without the cache: the next start must be able to open each key. */
async function findProblem(
  row: typeof dataKeys.$inferSelect,
  canary: Buffer | null,
  wrapper: KeyWrapper,
): Promise<KeyProblem | null> {
  try {
    const wrapped = { wrappingKeyId: row.wrappingKeyId, bytes: row.wrapped };
    const key = await wrapper.unwrap(wrapped, { dataKeyId: row.id });
    if (canary && opensCanary({ id: row.id, key }, canary)) return null;
    const message = `The data key ${row.id} does not open its canary: the canary was changed or is missing.`;
    return { code: "CANARY_REFUSED", dataKeyId: row.id, message };
  } catch (error) {
    if (!isWrappingKeyError(error)) throw error;
    const { code, wantedKeyId, configuredKeyIds, message } = error;
    return { code, wantedKeyId, configuredKeyIds, message };
  }
}

function verdictOf(stored: StoredKeys): KeyVerification {
  return stored.ok ? { ok: true, dataKeys: stored.dataKeys } : stored;
}
