import "server-only";
import { and, asc, eq, gt, ne } from "drizzle-orm";
import { webhooks } from "@/drizzle/schema";
import type { Visitor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { currentDataKey, dataKeyById } from "@/lib/crypto/data-keys";
import type { KeyRing } from "@/lib/crypto/key-ring";
import { reseal } from "@/lib/crypto/reseal";
import { open, sealedWith } from "@/lib/crypto/sealed-value";
import type { Db } from "@/lib/db/types";
import { webhookSealContext } from "@/lib/notifications/webhooks/secret";
import { sealErrorCode } from "./stored-secret";
import type { Unopened } from "./types";

/** What one batch of webhooks came to; `next` is the last one's id, null after the last batch. */
type WebhookBatch = {
  readonly handled: number;
  readonly unopened: readonly Unopened[];
  readonly next: string | null;
};

/**
 * Seals the secrets of a batch of webhooks again that are not under the current data key, with one event. One that was
 * replaced since it was read keeps the change.
 */
export async function resealWebhooks(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  { after, limit }: { after: string | null; limit: number },
): Promise<WebhookBatch> {
  const current = await currentDataKey(db, ring);
  const rows = await listWebhooks(db, { after, limit, notUnder: current.id });
  const unopened: Unopened[] = [];
  const resealed: { id: string; sealed: Buffer; anew: Buffer }[] = [];
  for (const row of rows) {
    try {
      const anew = await reseal(db, ring, current, row.sealed, webhookSealContext(row));
      if (anew) resealed.push({ id: row.id, sealed: row.sealed, anew: anew.sealed });
    } catch (error) {
      unopened.push({ webhookId: row.id, code: sealErrorCode(error) });
    }
  }
  const handled = await changeWith(db, visitor, async (tx) => {
    let stored = 0;
    for (const { id, sealed, anew } of resealed) {
      const written = await tx
        .update(webhooks)
        .set({ sealed: anew, dataKeyId: current.id })
        .where(and(eq(webhooks.id, id), eq(webhooks.sealed, sealed)))
        .returning({ id: webhooks.id });
      stored += written.length;
    }
    if (stored === 0) return unchanged(0);
    return changed({ event: "keys.resealed", subjectId: current.id, details: { secrets: stored } }, stored);
  });
  return { handled, unopened, next: rows.at(-1)?.id ?? null };
}

/** Opens the secrets of a batch of webhooks and drops each at once; returns none of them. Throws WrappingKeyError. */
export async function openWebhooks(
  db: Db,
  ring: KeyRing,
  { after, limit }: { after: string | null; limit: number },
): Promise<WebhookBatch> {
  const rows = await listWebhooks(db, { after, limit });
  const unopened: Unopened[] = [];
  for (const row of rows) {
    try {
      open(await dataKeyById(db, ring, sealedWith(row.sealed)), row.sealed, webhookSealContext(row));
    } catch (error) {
      unopened.push({ webhookId: row.id, code: sealErrorCode(error) });
    }
  }
  return { handled: rows.length, unopened, next: rows.at(-1)?.id ?? null };
}

function listWebhooks(
  db: Db,
  { after, limit, notUnder }: { after: string | null; limit: number; notUnder?: string },
) {
  return db
    .select()
    .from(webhooks)
    .where(
      and(
        after ? gt(webhooks.id, after) : undefined,
        notUnder ? ne(webhooks.dataKeyId, notUnder) : undefined,
      ),
    )
    .orderBy(asc(webhooks.id))
    .limit(limit);
}
