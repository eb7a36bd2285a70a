import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { credentialAvatars, credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import type { Avatar } from "@/lib/connectors/types";
import { latestDetailsOf } from "@/lib/credentials/checks/details";
import { acceptedCheck } from "@/lib/credentials/checks/latest-check";
import type { LatestCheckDetails } from "@/lib/credentials/checks/types";
import type { Db } from "@/lib/db/types";
import { mayOnCredential } from "./policy";
import { credentialIdSchema } from "./schema";
import type { EditableKeyEnd } from "./types";
import { roleOf, visibleTo } from "./visibility";

const isOfCurrentSecret = and(
  eq(credentialAvatars.credentialId, credentials.id),
  eq(credentialAvatars.secretVersion, credentials.secretVersion),
);

/**
 * The details of the latest check that signed in, as of `now`; null without one, or without such a credential for the
 * actor.
 */
export async function findLatestDetails(
  db: Db,
  actor: Actor,
  id: string,
  now: Date,
): Promise<LatestCheckDetails | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const accepted = acceptedCheck(db);
  const [row] = await db
    .select({
      method: credentials.method,
      keyExpiresOn: credentials.keyExpiresOn,
      checkedAt: accepted.checkedAt,
      accountName: accepted.accountName,
      accountDisplayName: accepted.accountDisplayName,
      serverVersion: accepted.serverVersion,
      record: accepted.record,
      avatarOf: credentialAvatars.credentialId,
    })
    .from(credentials)
    .innerJoinLateral(accepted, sql`true`)
    .leftJoin(credentialAvatars, isOfCurrentSecret)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  return row?.serverVersion ? latestDetailsOf({ ...row, hasAvatar: row.avatarOf !== null }, now) : null;
}

/** The picture of the account behind the current secret; null without a picture, or without such a credential for the actor. */
export async function findAvatar(db: Db, actor: Actor, id: string): Promise<Avatar | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await db
    .select({ mediaType: credentialAvatars.mediaType, image: credentialAvatars.image })
    .from(credentials)
    .innerJoin(credentialAvatars, isOfCurrentSecret)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  return row ?? null;
}

/** What the form for a key's end starts from; null if the actor may not edit the credential, or it has no key. */
export async function findEditableKeyEnd(db: Db, actor: Actor, id: string): Promise<EditableKeyEnd | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const [row] = await db
    .select({
      secretVersion: credentials.secretVersion,
      keyExpiresOn: credentials.keyExpiresOn,
      role: roleOf(actor),
    })
    .from(credentials)
    .where(and(visibleTo(actor), eq(credentials.id, id), eq(credentials.method, "api-key")));
  if (!row || !mayOnCredential(row.role, "edit")) return null;
  return { credentialId: id, secretVersion: row.secretVersion, keyExpiresOn: row.keyExpiresOn };
}
