import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { credentials, ownershipTransfers, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import { statusOf } from "@/lib/credentials/checks/verdict";
import { ownsCredentialNamed } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import type { OfferToMe, OwnershipTransfer, OwnersSide, RecipientsSide } from "./types";

/** The offers that the actor has to answer, newest first; more than a handful is unusual. */
export async function listOffersTo(db: Db, actor: Actor): Promise<OfferToMe[]> {
  const rows = await db
    .select({
      credentialId: credentials.id,
      credentialName: credentials.name,
      fromName: users.name,
      offeredAt: ownershipTransfers.offeredAt,
    })
    .from(ownershipTransfers)
    .innerJoin(credentials, eq(credentials.id, ownershipTransfers.credentialId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .where(and(eq(ownershipTransfers.toUserId, actor.userId), isNull(ownershipTransfers.endedAt)))
    .orderBy(desc(ownershipTransfers.offeredAt))
    .limit(20);
  return rows.map((row) => ({ ...row, offeredAt: row.offeredAt.toISOString() }));
}

/**
 * The ownership transfer of a credential, for its owner and the recipient of an offer; null for all other users, and
 * for ids that are absent or malformed. An offer shows nothing secret and gives no other right.
 */
export async function findTransfer(
  db: Db,
  actor: Actor,
  credentialId: string,
): Promise<OwnershipTransfer | null> {
  if (!z.guid().safeParse(credentialId).success) return null;
  return (
    (await findOwnersSide(db, actor, credentialId)) ?? (await findRecipientsSide(db, actor, credentialId))
  );
}

async function findOwnersSide(db: Db, actor: Actor, credentialId: string): Promise<OwnersSide | null> {
  const [row] = await db
    .select({
      credentialName: credentials.name,
      transferId: ownershipTransfers.id,
      toName: users.name,
      offeredAt: ownershipTransfers.offeredAt,
    })
    .from(credentials)
    .leftJoin(
      ownershipTransfers,
      and(eq(ownershipTransfers.credentialId, credentials.id), isNull(ownershipTransfers.endedAt)),
    )
    .leftJoin(users, eq(users.id, ownershipTransfers.toUserId))
    .where(and(eq(credentials.id, credentialId), eq(credentials.ownerId, actor.userId)));
  if (!row) return null;
  const { credentialName, transferId, toName, offeredAt } = row;
  const open =
    transferId !== null && toName !== null && offeredAt !== null
      ? { id: transferId, toName, offeredAt: offeredAt.toISOString() }
      : null;
  return { side: "owner", credentialId, credentialName, open };
}

async function findRecipientsSide(
  db: Db,
  actor: Actor,
  credentialId: string,
): Promise<RecipientsSide | null> {
  const latest = latestCheck(db);
  const [row] = await db
    .select({
      transferId: ownershipTransfers.id,
      fromName: users.name,
      offeredAt: ownershipTransfers.offeredAt,
      credentialName: credentials.name,
      description: credentials.description,
      baseUrl: servers.baseUrl,
      method: credentials.method,
      username: credentials.username,
      verdict: latest.verdict,
      checkedAt: latest.checkedAt,
    })
    .from(ownershipTransfers)
    .innerJoin(credentials, eq(credentials.id, ownershipTransfers.credentialId))
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .where(
      and(
        eq(ownershipTransfers.credentialId, credentialId),
        eq(ownershipTransfers.toUserId, actor.userId),
        isNull(ownershipTransfers.endedAt),
      ),
    );
  if (!row) return null;
  const { verdict, checkedAt, offeredAt, ...shown } = row;
  return {
    side: "recipient",
    credentialId,
    ...shown,
    offeredAt: offeredAt.toISOString(),
    nameIsTaken: await ownsCredentialNamed(db, actor, row.credentialName),
    status: statusOf(verdict),
    checkedAt: checkedAt?.toISOString() ?? null,
  };
}
