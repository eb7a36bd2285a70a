import "server-only";
import { and, asc, count, eq, isNotNull, ne, type SQL, sql } from "drizzle-orm";
import {
  credentialPreviousSecrets,
  credentialSecrets,
  credentials,
  servers,
  webhooks,
} from "@/drizzle/schema";
import type { Visitor } from "@/lib/actor";
import { readBaseUrl } from "@/lib/connectors/base-url";
import { sealContextOf } from "@/lib/credentials/secrets/store";
import { dataKeyById } from "@/lib/crypto/data-keys";
import type { KeyRing } from "@/lib/crypto/key-ring";
import { listDataKeys } from "@/lib/crypto/rotate";
import { open, sealedWith } from "@/lib/crypto/sealed-value";
import type { Db } from "@/lib/db/types";
import { lastOf, type StoredSecret, sealErrorCode } from "./stored-secret";
import type { Batch, KeysStatus, SecretId, Unopened } from "./types";

/** Counts what is sealed with each key. Opens nothing, so it also works if a key is missing. */
export async function readKeysStatus(db: Db, _visitor: Visitor, ring: KeyRing): Promise<KeysStatus> {
  const secretsOf = new Map<string, number>();
  for (const table of [credentialSecrets, credentialPreviousSecrets, webhooks]) {
    const { dataKeyId } = table;
    const counts = await db
      .select({ dataKeyId, secrets: count() })
      .from(table)
      .where(isNotNull(dataKeyId))
      .groupBy(dataKeyId);
    for (const { dataKeyId: id, secrets } of counts) {
      if (id !== null) secretsOf.set(id, (secretsOf.get(id) ?? 0) + secrets);
    }
  }
  const dataKeys = (await listDataKeys(db)).map((key) => ({ ...key, secrets: secretsOf.get(key.id) ?? 0 }));
  return { configured: ring.keyIds(), dataKeys };
}

/** At most `limit` secrets in the order of their ids, after `after`; leaves out those under the key `notUnder`. */
export async function listStoredSecrets(
  db: Db,
  _visitor: Visitor,
  { after, limit, notUnder }: { after: SecretId | null; limit: number; notUnder?: string },
): Promise<StoredSecret[]> {
  const rows = await db
    .select({
      credentialId: credentialSecrets.credentialId,
      version: credentialSecrets.version,
      sealed: credentialSecrets.sealed,
      ownerId: credentials.ownerId,
      method: credentials.method,
      username: credentials.username,
      baseUrl: servers.baseUrl,
    })
    .from(credentialSecrets)
    .innerJoin(credentials, eq(credentials.id, credentialSecrets.credentialId))
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .where(and(follows(after), notUnder ? ne(credentialSecrets.dataKeyId, notUnder) : undefined))
    .orderBy(asc(credentialSecrets.credentialId), asc(credentialSecrets.version))
    .limit(limit);
  return rows.map(({ sealed, baseUrl, method, username, ...rest }) => ({
    place: { ...rest, baseUrl: readBaseUrl(baseUrl) },
    named: { method, username },
    sealed,
  }));
}

/** Opens a batch of stored secrets and drops each at once; returns none of them. Throws WrappingKeyError. */
export async function openBatch(
  db: Db,
  visitor: Visitor,
  ring: KeyRing,
  { after, limit }: { after: SecretId | null; limit: number },
): Promise<Batch> {
  const secrets = await listStoredSecrets(db, visitor, { after, limit });
  const unopened: Unopened[] = [];
  for (const { place, sealed } of secrets) {
    try {
      open(await dataKeyById(db, ring, sealedWith(sealed)), sealed, sealContextOf(place));
    } catch (error) {
      unopened.push({ credentialId: place.credentialId, code: sealErrorCode(error) });
    }
  }
  return { handled: secrets.length, unopened, next: lastOf(secrets) };
}

function follows(after: SecretId | null): SQL | undefined {
  if (!after) return undefined;
  const { credentialId, version } = credentialSecrets;
  return sql`(${credentialId}, ${version}) > (${after.credentialId}::uuid, ${after.version})`;
}
