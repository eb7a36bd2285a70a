import "server-only";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { credentialHandovers, credentials, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { newestProof } from "@/lib/credentials/checks/latest-check";
import { statusOf } from "@/lib/credentials/checks/verdict";
import { ownsCredentialNamed } from "@/lib/credentials/queries";
import type { Db } from "@/lib/db/types";
import type { Handover, OfferToMe, OwnersSide, RecipientsSide } from "./types";

/** The offers that wait for the actor's answer, newest first; more than a handful is nobody's everyday. */
export async function listOffersTo(db: Db, actor: Actor): Promise<OfferToMe[]> {
  const rows = await db
    .select({
      credentialId: credentials.id,
      credentialName: credentials.name,
      fromName: users.name,
      offeredAt: credentialHandovers.offeredAt,
    })
    .from(credentialHandovers)
    .innerJoin(credentials, eq(credentials.id, credentialHandovers.credentialId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .where(and(eq(credentialHandovers.toUserId, actor.userId), isNull(credentialHandovers.endedAt)))
    .orderBy(desc(credentialHandovers.offeredAt))
    .limit(20);
  return rows.map((row) => ({ ...row, offeredAt: row.offeredAt.toISOString() }));
}

/**
 * The handing over of a credential for its owner and for whom it is offered to; null for everybody else, as for one that
 * is absent or malformed. An offer shows what is not secret and gives no other right.
 */
export async function findHandover(db: Db, actor: Actor, credentialId: string): Promise<Handover | null> {
  if (!z.guid().safeParse(credentialId).success) return null;
  return (
    (await findOwnersSide(db, actor, credentialId)) ?? (await findRecipientsSide(db, actor, credentialId))
  );
}

async function findOwnersSide(db: Db, actor: Actor, credentialId: string): Promise<OwnersSide | null> {
  const [row] = await db
    .select({
      credentialName: credentials.name,
      handoverId: credentialHandovers.id,
      toName: users.name,
      offeredAt: credentialHandovers.offeredAt,
    })
    .from(credentials)
    .leftJoin(
      credentialHandovers,
      and(eq(credentialHandovers.credentialId, credentials.id), isNull(credentialHandovers.endedAt)),
    )
    .leftJoin(users, eq(users.id, credentialHandovers.toUserId))
    .where(and(eq(credentials.id, credentialId), eq(credentials.ownerId, actor.userId)));
  if (!row) return null;
  const { credentialName, handoverId, toName, offeredAt } = row;
  const open =
    handoverId !== null && toName !== null && offeredAt !== null
      ? { id: handoverId, toName, offeredAt: offeredAt.toISOString() }
      : null;
  return { side: "owner", credentialId, credentialName, open };
}

async function findRecipientsSide(
  db: Db,
  actor: Actor,
  credentialId: string,
): Promise<RecipientsSide | null> {
  const proof = newestProof(db);
  const [row] = await db
    .select({
      handoverId: credentialHandovers.id,
      fromName: users.name,
      offeredAt: credentialHandovers.offeredAt,
      credentialName: credentials.name,
      description: credentials.description,
      baseUrl: servers.baseUrl,
      method: credentials.method,
      username: credentials.username,
      verdict: proof.verdict,
      checkedAt: proof.checkedAt,
    })
    .from(credentialHandovers)
    .innerJoin(credentials, eq(credentials.id, credentialHandovers.credentialId))
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(proof, sql`true`)
    .where(
      and(
        eq(credentialHandovers.credentialId, credentialId),
        eq(credentialHandovers.toUserId, actor.userId),
        isNull(credentialHandovers.endedAt),
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
