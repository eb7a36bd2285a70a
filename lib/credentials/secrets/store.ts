import "server-only";
import { and, eq } from "drizzle-orm";
import { credentialSecrets } from "@/drizzle/schema";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { dataKeyById, holdCurrentDataKey } from "@/lib/crypto/data-keys";
import { open, type SealContext, seal, sealedWith } from "@/lib/crypto/sealed-value";
import type { Db, Tx } from "@/lib/db/types";
import { notFound } from "@/lib/errors";
import { portalKeys } from "@/lib/portal/keys";
import type { Secret } from "@/lib/secret";
import { secretFingerprint } from "./fingerprint";
import type { NamedSignIn } from "./types";

/** The place of a secret. Every part is bound into the sealed value, so it opens for this row, owner, server and version only. */
export type SecretPlace = {
  readonly credentialId: string;
  readonly ownerId: string;
  /** Null for a base URL that was edited into an invalid one: no secret opens for it. */
  readonly baseUrl: BaseUrl | null;
  readonly version: number;
};

/**
 * Seals `secret` under the current data key and stores it as this version, with the fingerprint that finds equal ones;
 * deletes the credential's earlier versions.
 */
export async function storeSecret(
  tx: Tx,
  place: SecretPlace,
  named: NamedSignIn,
  secret: Secret,
): Promise<void> {
  const dataKey = await holdCurrentDataKey(tx, portalKeys().keyRing);
  await tx.delete(credentialSecrets).where(eq(credentialSecrets.credentialId, place.credentialId));
  await tx.insert(credentialSecrets).values({
    credentialId: place.credentialId,
    version: place.version,
    sealed: seal(dataKey, secret, sealContextOf(place)),
    dataKeyId: dataKey.id,
    fingerprint: secretFingerprint(place.baseUrl, named, secret),
  });
}

/**
 * Opens the stored secret of this version. Throws NOT_FOUND when it is absent, and SealError when it was moved,
 * changed or re-pointed.
 */
export async function openSecret(db: Db | Tx, place: SecretPlace): Promise<Secret> {
  const [row] = await db
    .select({ sealed: credentialSecrets.sealed })
    .from(credentialSecrets)
    .where(
      and(
        eq(credentialSecrets.credentialId, place.credentialId),
        eq(credentialSecrets.version, place.version),
      ),
    );
  if (!row) throw notFound("credential");
  const dataKey = await dataKeyById(db, portalKeys().keyRing, sealedWith(row.sealed));
  return open(dataKey, row.sealed, sealContextOf(place));
}

/** Seals a secret for the table of previous secrets, under the current data key; `place` is the one that it had. */
export async function sealAsPrevious(
  tx: Tx,
  place: SecretPlace,
  secret: Secret,
): Promise<{ sealed: Buffer; dataKeyId: string }> {
  const dataKey = await holdCurrentDataKey(tx, portalKeys().keyRing);
  return { sealed: seal(dataKey, secret, previousSealContextOf(place)), dataKeyId: dataKey.id };
}

/** Opens a previous secret. Throws SealError when it was moved, changed or re-pointed. */
export async function openPrevious(db: Db | Tx, place: SecretPlace, sealed: Buffer): Promise<Secret> {
  const dataKey = await dataKeyById(db, portalKeys().keyRing, sealedWith(sealed));
  return open(dataKey, sealed, previousSealContextOf(place));
}

/** What a previous secret is bound to: as the current one it opened elsewhere. */
export function previousSealContextOf(place: SecretPlace): SealContext {
  return { ...sealContextOf(place), table: "credential_previous_secrets" };
}

/** What a stored secret is bound to; it opens in no other context. */
export function sealContextOf(place: SecretPlace): SealContext {
  return {
    table: "credential_secrets",
    column: "sealed",
    rowId: place.credentialId,
    ownerId: place.ownerId,
    field: "secret",
    // No secret was ever sealed for an empty origin.
    origin: place.baseUrl?.origin ?? "",
    secretVersion: place.version,
  };
}
