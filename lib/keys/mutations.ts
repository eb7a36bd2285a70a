import "server-only";
import { and, eq, inArray } from "drizzle-orm";
import { credentialSecrets } from "@/drizzle/schema";
import type { Visitor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { secretFingerprint } from "@/lib/credentials/secrets/fingerprint";
import { sealContextOf } from "@/lib/credentials/secrets/store";
import type { DataKey } from "@/lib/crypto/data-key";
import { currentDataKey } from "@/lib/crypto/data-keys";
import type { KeyRing } from "@/lib/crypto/key-ring";
import { reseal } from "@/lib/crypto/reseal";
import { rewrapDataKeys, rotateDataKey } from "@/lib/crypto/rotate";
import type { Db, Tx } from "@/lib/db/types";
import { listStoredSecrets } from "./queries";
import { lastOf, type StoredSecret, sealErrorCode } from "./stored-secret";
import type { Batch, SecretId, Unopened } from "./types";

/**
 * Wraps every data key with the first key of SECRET_KEYS, each with its event. Safe to repeat and to kill. Throws
 * WrappingKeyError if a data key needs a wrapping key that is not configured.
 */
export async function rotateWrapping(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  onProgress: (done: number, of: number) => void,
): Promise<{ rewrapped: number }> {
  const wrappingKey = ring.currentKeyId();
  return rewrapDataKeys(db, ring, (step, { dataKeyId, done, of }) =>
    changeWith(db, visitor, async (tx) => {
      if (!(await step(tx))) return unchanged(false);
      onProgress(done, of);
      const details = { wrappingKey, done, of };
      return changed({ event: "keys.rewrapped", subjectId: dataKeyId, details }, true);
    }),
  );
}

/** Replaces the data key `retireId` with a new one, with its event. Nothing happens if it is not the current one. */
export async function rotateData(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  retireId: string,
): Promise<{ rotated: boolean }> {
  return rotateDataKey(db, ring, retireId, (step, { dataKeyId }) =>
    changeWith(db, visitor, async (tx) => {
      if (!(await step(tx))) return unchanged(false);
      const details = { retiredDataKey: retireId };
      return changed({ event: "keys.rotated", subjectId: dataKeyId, details }, true);
    }),
  );
}

/**
 * Seals a batch of secrets again that are not under the current data key, with one event. A secret that is being
 * changed is skipped, and one that changed since it was read keeps the change: `handled` counts neither.
 */
export async function resealBatch(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  { after, limit }: { after: SecretId | null; limit: number },
): Promise<Batch> {
  const current = await currentDataKey(db, ring);
  const secrets = await listStoredSecrets(db, visitor, { after, limit, notUnder: current.id });
  const { resealed, unopened } = await sealAnew(db, ring, current, secrets);
  const handled = await changeWith(db, visitor, async (tx) => {
    const stored = await storeUnlocked(tx, current, resealed);
    if (stored === 0) return unchanged(0);
    const details = { secrets: stored };
    return changed({ event: "keys.resealed", subjectId: current.id, details }, stored);
  });
  return { handled, unopened, next: lastOf(secrets) };
}

type Resealed = StoredSecret & { readonly anew: Buffer; readonly fingerprint: string | null };

async function sealAnew(db: Db, ring: KeyRing, current: DataKey, secrets: readonly StoredSecret[]) {
  const resealed: Resealed[] = [];
  const unopened: Unopened[] = [];
  for (const secret of secrets) {
    const { place, named, sealed } = secret;
    try {
      const anew = await reseal(db, ring, current, sealed, sealContextOf(place));
      if (!anew) continue;
      const fingerprint = secretFingerprint(place.baseUrl, named, anew.secret);
      resealed.push({ ...secret, anew: anew.sealed, fingerprint });
    } catch (error) {
      unopened.push({ credentialId: place.credentialId, code: sealErrorCode(error) });
    }
  }
  return { resealed, unopened };
}

async function storeUnlocked(tx: Tx, current: DataKey, resealed: readonly Resealed[]): Promise<number> {
  if (resealed.length === 0) return 0;
  const ids = resealed.map(({ place }) => place.credentialId);
  // Skips rows locked by a change, so that neither waits for the other.
  const free = await tx
    .select({ credentialId: credentialSecrets.credentialId })
    .from(credentialSecrets)
    .where(inArray(credentialSecrets.credentialId, ids))
    .for("update", { skipLocked: true });
  const unlocked = new Set(free.map(({ credentialId }) => credentialId));
  let stored = 0;
  const writable = resealed.filter((one) => unlocked.has(one.place.credentialId));
  for (const { place, sealed, anew, fingerprint } of writable) {
    const changed = await tx
      .update(credentialSecrets)
      .set({ sealed: anew, dataKeyId: current.id, fingerprint })
      .where(
        and(
          eq(credentialSecrets.credentialId, place.credentialId),
          eq(credentialSecrets.version, place.version),
          // Only if it is unchanged since it was read: every change of a secret writes other bytes.
          eq(credentialSecrets.sealed, sealed),
        ),
      )
      .returning({ version: credentialSecrets.version });
    stored += changed.length;
  }
  return stored;
}
