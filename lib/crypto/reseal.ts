import "server-only";
import type { Db, Tx } from "@/lib/db/types";
import type { Secret } from "@/lib/secret";
import type { DataKey } from "./data-key";
import { dataKeyById } from "./data-keys";
import type { KeyWrapper } from "./key-wrapper";
import { open, type SealContext, seal, sealedWith } from "./sealed-value";

/** A value sealed again, and the value itself, for what is derived from it. */
type Resealed = { readonly sealed: Buffer; readonly secret: Secret };

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
): Promise<Resealed | null> {
  const id = sealedWith(sealed);
  if (id === current.id) return null;
  const retired = await dataKeyById(db, wrapper, id);
  const secret = open(retired, sealed, context);
  return { sealed: seal(current, secret, context), secret };
}
