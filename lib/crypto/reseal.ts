import "server-only";
import type { Db, Tx } from "@/lib/db/types";
import type { DataKey } from "./data-key";
import { dataKeyById } from "./data-keys";
import type { KeyWrapper } from "./key-wrapper";
import { open, type SealContext, seal, sealedWith } from "./sealed-value";

/**
 * Seals a stored value again under `current`, for the same context; null if it already is, so repeating costs
 * nothing. Stores nothing: write the result only if the row still holds `sealed`, or an edit made meanwhile is lost.
 * Throws SealError or WrappingKeyError if the value does not open.
 */
export async function reseal(
  db: Db | Tx,
  wrapper: KeyWrapper,
  current: DataKey,
  sealed: Uint8Array,
  context: SealContext,
): Promise<Buffer | null> {
  const id = sealedWith(sealed);
  if (id === current.id) return null;
  const retired = await dataKeyById(db, wrapper, id);
  return seal(current, open(retired, sealed, context), context);
}
