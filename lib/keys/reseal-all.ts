import { setTimeout as sleep } from "node:timers/promises";
import type { Visitor } from "@/lib/actor";
import type { KeyRing } from "@/lib/crypto/key-ring";
import type { Db } from "@/lib/db/types";
import { resealBatch } from "./mutations";
import { readKeysStatus } from "./queries";
import { resealTable, secretTables } from "./secret-tables";
import type { SecretId, Unopened } from "./types";

/** The result of a run: `left` counts secrets that still wait, because users kept changing them. */
export type ResealResult = {
  readonly resealed: number;
  readonly unopened: readonly Unopened[];
  readonly left: number;
};

const pauseMs = 250;
const idlePassesAtMost = 20;

/**
 * Reseals in passes over all secrets until none is left on an old key. Secrets locked in one pass are tried again in
 * the next. Every batch is committed at once, so the next run continues after a killed one. Throws WrappingKeyError.
 */
export async function resealAll(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  onProgress: (done: number, of: number) => void,
  batchSize = 100,
): Promise<ResealResult> {
  const of = await waiting(db, visitor, ring);
  let resealed = 0;
  for (let idlePasses = 0; ; ) {
    const pass = await onePass(db, visitor, ring, batchSize, (handled) => onProgress(resealed + handled, of));
    resealed += pass.handled;
    const left = (await waiting(db, visitor, ring)) - pass.unopened.length;
    idlePasses = pass.handled === 0 ? idlePasses + 1 : 0;
    if (left <= 0 || idlePasses >= idlePassesAtMost) {
      return { resealed, unopened: pass.unopened, left: Math.max(0, left) };
    }
    if (pass.handled === 0) await sleep(pauseMs);
  }
}

async function onePass(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  limit: number,
  onBatch: (handled: number) => void,
): Promise<{ handled: number; unopened: Unopened[] }> {
  const unopened: Unopened[] = [];
  let handled = 0;
  let after: SecretId | null = null;
  do {
    const batch = await resealBatch(db, visitor, ring, { after, limit });
    handled += batch.handled;
    unopened.push(...batch.unopened);
    after = batch.next;
    if (batch.handled > 0) onBatch(handled);
  } while (after);
  for (const table of secretTables) {
    let afterId: string | null = null;
    do {
      const batch = await resealTable(db, visitor, ring, table, { after: afterId, limit });
      handled += batch.handled;
      unopened.push(...batch.unopened);
      afterId = batch.next;
      if (batch.handled > 0) onBatch(handled);
    } while (afterId);
  }
  return { handled, unopened };
}

/** How many secrets are under a retired data key. */
async function waiting(db: Db, visitor: Visitor, ring: KeyRing): Promise<number> {
  const { dataKeys } = await readKeysStatus(db, visitor, ring);
  return dataKeys.filter(({ retiredAt }) => retiredAt).reduce((sum, { secrets }) => sum + secrets, 0);
}
