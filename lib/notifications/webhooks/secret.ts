import "server-only";
import type { webhooks } from "@/drizzle/schema";
import { dataKeyById, holdCurrentDataKey } from "@/lib/crypto/data-keys";
import { open, type SealContext, seal, sealedWith } from "@/lib/crypto/sealed-value";
import type { Db, Tx } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import type { WebhookAddress } from "@/lib/portal/webhook-address";
import { storedWebhookAddress } from "@/lib/portal/webhook-address";
import type { Secret } from "@/lib/secret";

type WebhookRow = typeof webhooks.$inferSelect;
type Place = { readonly id: string; readonly holderId: string; readonly origin: string };

/** Seals a webhook's secret for its row, its user or team, and the origin that may receive what it signs. */
export async function sealWebhookSecret(
  tx: Tx,
  { id, holderId, address }: { id: string; holderId: string; address: WebhookAddress },
  secret: Secret,
): Promise<{ sealed: Buffer; dataKeyId: string }> {
  const dataKey = await holdCurrentDataKey(tx, portalKeys().keyRing);
  const sealed = seal(dataKey, secret, contextOf({ id, holderId, origin: address.origin }));
  return { sealed, dataKeyId: dataKey.id };
}

/** Opens a webhook's secret. Throws SealError if the row was moved, changed or pointed elsewhere. */
export async function openWebhookSecret(db: Db, row: WebhookRow): Promise<Secret> {
  const dataKey = await dataKeyById(db, portalKeys().keyRing, sealedWith(row.sealed));
  return open(dataKey, row.sealed, webhookSealContext(row));
}

/** What a webhook's secret is bound to; it opens in no other context. */
export function webhookSealContext({ id, userId, teamId, address }: Omit<WebhookRow, "sealed">): SealContext {
  // No secret was ever sealed for an empty origin.
  const origin = storedWebhookAddress(address)?.origin ?? "";
  return contextOf({ id, holderId: userId ?? teamId ?? "", origin });
}

function contextOf({ id, holderId, origin }: Place): SealContext {
  return {
    ...{ table: "webhooks", column: "sealed", rowId: id, ownerId: holderId },
    ...{ field: "secret", origin, secretVersion: 1 },
  };
}
