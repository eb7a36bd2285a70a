import "server-only";
import { and, asc, eq, gt, isNotNull, ne } from "drizzle-orm";
import { credentialPreviousSecrets, credentials, servers, webhooks } from "@/drizzle/schema";
import type { Visitor } from "@/lib/actor";
import { changed, changeWith, unchanged } from "@/lib/audit/change";
import { readBaseUrl } from "@/lib/connectors/base-url";
import { previousSealContextOf } from "@/lib/credentials/secrets/store";
import { currentDataKey, dataKeyById } from "@/lib/crypto/data-keys";
import type { KeyRing } from "@/lib/crypto/key-ring";
import { reseal } from "@/lib/crypto/reseal";
import type { SealErrorCode } from "@/lib/crypto/seal-error";
import { open, type SealContext, sealedWith } from "@/lib/crypto/sealed-value";
import type { Db, Tx } from "@/lib/db/types";
import { webhookSealContext } from "@/lib/notifications/webhooks/secret";
import { sealErrorCode } from "./stored-secret";
import type { Unopened } from "./types";

/** A stored secret of one of these tables, with everything that it is bound to. */
type TableSecret = { readonly id: string; readonly sealed: Buffer; readonly context: SealContext };
type Wanted = { readonly after: string | null; readonly limit: number; readonly notUnder?: string };

/** A table with at most one secret for each id, besides the table of current secrets. */
export type SecretTable = {
  readonly list: (db: Db, wanted: Wanted) => Promise<TableSecret[]>;
  /** Stores the secret sealed anew; false if it has changed since it was read. */
  readonly store: (tx: Tx, secret: TableSecret, anew: Buffer, dataKeyId: string) => Promise<boolean>;
  readonly unopened: (id: string, code: SealErrorCode) => Unopened;
};

const ofWebhooks: SecretTable = {
  list: async (db, { after, limit, notUnder }) => {
    const rows = await db
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
    return rows.map((row) => ({ id: row.id, sealed: row.sealed, context: webhookSealContext(row) }));
  },
  store: async (tx, { id, sealed }, anew, dataKeyId) => {
    const written = await tx
      .update(webhooks)
      .set({ sealed: anew, dataKeyId })
      .where(and(eq(webhooks.id, id), eq(webhooks.sealed, sealed)))
      .returning({ id: webhooks.id });
    return written.length > 0;
  },
  unopened: (webhookId, code) => ({ webhookId, code }),
};

const previous = credentialPreviousSecrets;

const ofPreviousSecrets: SecretTable = {
  list: async (db, { after, limit, notUnder }) => {
    const rows = await db
      .select({
        credentialId: previous.credentialId,
        version: previous.version,
        sealed: previous.sealed,
        ownerId: credentials.ownerId,
        baseUrl: servers.baseUrl,
      })
      .from(previous)
      .innerJoin(credentials, eq(credentials.id, previous.credentialId))
      .innerJoin(servers, eq(servers.id, credentials.serverId))
      .where(
        and(
          isNotNull(previous.sealed),
          after ? gt(previous.credentialId, after) : undefined,
          notUnder ? ne(previous.dataKeyId, notUnder) : undefined,
        ),
      )
      .orderBy(asc(previous.credentialId))
      .limit(limit);
    return rows.flatMap(({ sealed, baseUrl, ...rest }) => {
      const context = previousSealContextOf({ ...rest, baseUrl: readBaseUrl(baseUrl) });
      return sealed ? [{ id: rest.credentialId, sealed, context }] : [];
    });
  },
  store: async (tx, { id, sealed }, anew, dataKeyId) => {
    const written = await tx
      .update(previous)
      .set({ sealed: anew, dataKeyId })
      .where(and(eq(previous.credentialId, id), eq(previous.sealed, sealed)))
      .returning({ credentialId: previous.credentialId });
    return written.length > 0;
  },
  unopened: (previousOf, code) => ({ previousOf, code }),
};

/** Every table with sealed secrets besides the table of current secrets. */
export const secretTables: readonly SecretTable[] = [ofPreviousSecrets, ofWebhooks];

/** The result of one batch; `next` is the last one's id, null after the last batch. */
type TableBatch = {
  readonly handled: number;
  readonly unopened: readonly Unopened[];
  readonly next: string | null;
};

/**
 * Seals a batch of a table's secrets again that are not under the current data key, with one event. One that was
 * replaced since it was read keeps the change.
 */
export async function resealTable(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  table: SecretTable,
  { after, limit }: { after: string | null; limit: number },
): Promise<TableBatch> {
  const current = await currentDataKey(db, ring);
  const secrets = await table.list(db, { after, limit, notUnder: current.id });
  const unopened: Unopened[] = [];
  const resealed: { secret: TableSecret; anew: Buffer }[] = [];
  for (const secret of secrets) {
    try {
      const anew = await reseal(db, ring, current, secret.sealed, secret.context);
      if (anew) resealed.push({ secret, anew: anew.sealed });
    } catch (error) {
      unopened.push(table.unopened(secret.id, sealErrorCode(error)));
    }
  }
  const handled = await changeWith(db, visitor, async (tx) => {
    let stored = 0;
    for (const { secret, anew } of resealed) {
      if (await table.store(tx, secret, anew, current.id)) stored += 1;
    }
    if (stored === 0) return unchanged(0);
    return changed({ event: "keys.resealed", subjectId: current.id, details: { secrets: stored } }, stored);
  });
  return { handled, unopened, next: secrets.at(-1)?.id ?? null };
}

/** Opens a batch of a table's secrets and drops each at once; returns none of them. Throws WrappingKeyError. */
export async function openTable(
  db: Db,
  ring: KeyRing,
  table: SecretTable,
  { after, limit }: { after: string | null; limit: number },
): Promise<TableBatch> {
  const secrets = await table.list(db, { after, limit });
  const unopened: Unopened[] = [];
  for (const { id, sealed, context } of secrets) {
    try {
      open(await dataKeyById(db, ring, sealedWith(sealed)), sealed, context);
    } catch (error) {
      unopened.push(table.unopened(id, sealErrorCode(error)));
    }
  }
  return { handled: secrets.length, unopened, next: secrets.at(-1)?.id ?? null };
}
