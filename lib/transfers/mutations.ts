import "server-only";
import { and, eq, isNull, sql } from "drizzle-orm";
import { credentials, ownershipTransfers, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import { readBaseUrl } from "@/lib/connectors/base-url";
import { nameTaken } from "@/lib/credentials/mutations";
import { dropPrevious } from "@/lib/credentials/previous/slot";
import { requireRight } from "@/lib/credentials/require-right";
import { openSecret, storeSecret } from "@/lib/credentials/secrets/store";
import type { Db, Tx } from "@/lib/db/types";
import { violatesUnique } from "@/lib/db/violations";
import { AppError, notFound } from "@/lib/errors";
import { tellOffered } from "@/lib/notifications/telling/sharing";
import { beginGrant, endGrant, liveGrants } from "@/lib/sharing/grant-rows";
import type { AcceptInput, OfferInput, OpenOfferInput } from "./schema";

/**
 * Offers a credential of the actor's to another user; no right changes until they accept. NOT_FOUND and NOT_ALLOWED
 * as `requireRight`, INVALID_INPUT at `toUserId` for a user it cannot be offered to, CONFLICT while an offer is open.
 */
export async function offerTransfer(db: Db, actor: Actor, input: OfferInput): Promise<{ toName: string }> {
  const { credentialId, toUserId } = input;
  return changeWith(db, actor, async (tx) => {
    await requireRight(tx, actor, credentialId, "transfer", "update");
    const toName = await requireRecipient(tx, actor, toUserId);
    const isOpen = and(eq(ownershipTransfers.credentialId, credentialId), isNull(ownershipTransfers.endedAt));
    if ((await tx.$count(ownershipTransfers, isOpen)) > 0) {
      throw new AppError({
        code: "CONFLICT",
        message: "The credential is already offered to a user. Withdraw that offer first.",
      });
    }
    const id = crypto.randomUUID();
    await tx.insert(ownershipTransfers).values({ id, credentialId, toUserId, offeredBy: actor.userId });
    await tellOffered(tx, actor, { credentialId, toUserId, transferId: id });
    return changed(
      {
        event: "credential.handover-offered",
        subjectId: credentialId,
        details: { handoverId: id, toUserId, toName },
      },
      { toName },
    );
  });
}

/**
 * Withdraws an offer of the actor's credential. CONFLICT if it has been answered meanwhile, NOT_FOUND if it is not
 * this credential's.
 */
export async function withdrawTransfer(db: Db, actor: Actor, input: OpenOfferInput): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    await requireRight(tx, actor, input.credentialId, "transfer", "update");
    const { toUserId } = await requireOpen(tx, input);
    await endOffer(tx, input, "withdrawn");
    return changed({
      event: "credential.handover-withdrawn",
      subjectId: input.credentialId,
      details: { handoverId: input.transferId, toUserId },
    });
  });
}

/** Declines an offer that was made to the actor; NOT_FOUND for all other users. */
export async function declineTransfer(db: Db, actor: Actor, input: OpenOfferInput): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    await requireOfferTo(tx, actor, input);
    await endOffer(tx, input, "declined");
    return changed({
      event: "credential.handover-declined",
      subjectId: input.credentialId,
      details: { handoverId: input.transferId, toUserId: actor.userId },
    });
  });
}

/**
 * Makes the actor the owner of a credential that was offered to them. Its secret is sealed anew for them, as the same
 * version, and a previous secret is deleted; the former owner becomes an administrator, so that their sources and
 * destinations keep running. At `name`, CONFLICT if the actor owns a credential of that name; CONFLICT if the offer was
 * withdrawn meanwhile; NOT_FOUND without an offer to the actor.
 */
export async function acceptTransfer(db: Db, actor: Actor, input: AcceptInput): Promise<void> {
  const { credentialId, transferId, name } = input;
  try {
    await changeWith(db, actor, async (tx) => {
      const { from, place, named, nameBefore } = await requireOfferTo(tx, actor, input);
      const secret = await openSecret(tx, place);
      await storeSecret(tx, { ...place, ownerId: actor.userId }, named, secret);
      // Sealed for the former owner, whose secret it was: it does not pass on.
      const isPreviousDeleted = await dropPrevious(tx, credentialId);
      await tx
        .update(credentials)
        .set({ ownerId: actor.userId, name, version: sql`${credentials.version} + 1` })
        .where(eq(credentials.id, credentialId));
      await endOffer(tx, input, "accepted");
      const formerOwnersGrantId = await exchangeGrants(tx, actor, credentialId, from.id);
      return changed({
        event: "credential.handed-over",
        subjectId: credentialId,
        details: {
          handoverId: transferId,
          fromUserId: from.id,
          fromName: from.name,
          toUserId: actor.userId,
          toName: actor.name,
          name,
          nameBefore,
          formerOwnersGrantId,
          ...(isPreviousDeleted ? { isPreviousDeleted } : {}),
        },
      });
    });
  } catch (error) {
    if (violatesUnique(error, "credentials_name_per_owner")) throw nameTaken(name);
    throw error;
  }
}

// The new owner's earlier grants end, as ownership includes them; the former owner gets a visible, revocable grant.
async function exchangeGrants(
  tx: Tx,
  actor: Actor,
  credentialId: string,
  formerOwnerId: string,
): Promise<string> {
  const thing = { kind: "credential", id: credentialId } as const;
  const superfluous = await liveGrants(tx, thing, { grantee: { kind: "person", id: actor.userId } });
  for (const { id } of superfluous) await endGrant(tx, thing, id, actor.userId);
  const grantee = { kind: "person", id: formerOwnerId } as const;
  return beginGrant(tx, thing, { grantee, role: "administrator", by: actor.userId });
}

async function requireRecipient(tx: Tx, actor: Actor, toUserId: string): Promise<string> {
  const [user] = await tx
    .select({ name: users.name, disabledAt: users.disabledAt })
    .from(users)
    .where(eq(users.id, toUserId))
    .for("share");
  if (!user) throw refusedRecipient("There is no such person. Search again.");
  if (toUserId === actor.userId) throw refusedRecipient("You own it already. Choose another user.");
  if (user.disabledAt) {
    throw refusedRecipient(`The account of ${user.name} is disabled. Choose another user.`);
  }
  return user.name;
}

function refusedRecipient(message: string): AppError {
  return new AppError({
    code: "INVALID_INPUT",
    message: "Nothing was offered.",
    fieldErrors: { toUserId: message },
  });
}

// The recipient may not see the credential, so the offer is their right; the credential's row is the lock, as
// everywhere.
async function requireOfferTo(tx: Tx, actor: Actor, input: OpenOfferInput) {
  const isIt = eq(credentials.id, input.credentialId);
  // Looked up before locking, so that only the recipient of an offer waits for the lock.
  await requireOffer(tx, input, actor.userId);
  await tx.select({ id: credentials.id }).from(credentials).where(isIt).for("update");
  await requireOpen(tx, input, actor.userId);
  const [row] = await tx
    .select({
      name: credentials.name,
      ownerId: credentials.ownerId,
      ownerName: users.name,
      baseUrl: servers.baseUrl,
      method: credentials.method,
      username: credentials.username,
      secretVersion: credentials.secretVersion,
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .where(isIt);
  if (!row) throw notFound("offer");
  const { ownerId, baseUrl, secretVersion: version } = row;
  return {
    from: { id: ownerId, name: row.ownerName },
    place: { credentialId: input.credentialId, ownerId, baseUrl: readBaseUrl(baseUrl), version },
    named: { method: row.method, username: row.username },
    nameBefore: row.name,
  };
}

async function requireOffer(tx: Tx, { credentialId, transferId }: OpenOfferInput, toUserId?: string) {
  const [offer] = await tx
    .select({ toUserId: ownershipTransfers.toUserId, endedAt: ownershipTransfers.endedAt })
    .from(ownershipTransfers)
    .where(and(eq(ownershipTransfers.id, transferId), eq(ownershipTransfers.credentialId, credentialId)));
  if (!offer || (toUserId !== undefined && offer.toUserId !== toUserId)) throw notFound("offer");
  return offer;
}

async function requireOpen(tx: Tx, input: OpenOfferInput, toUserId?: string) {
  const offer = await requireOffer(tx, input, toUserId);
  if (offer.endedAt === null) return offer;
  throw new AppError({
    code: "CONFLICT",
    message: "This offer has ended meanwhile. Load the page again to see the current state.",
  });
}

async function endOffer(
  tx: Tx,
  { transferId }: OpenOfferInput,
  outcome: "accepted" | "declined" | "withdrawn",
): Promise<void> {
  await tx
    .update(ownershipTransfers)
    .set({ endedAt: sql`now()`, outcome })
    .where(eq(ownershipTransfers.id, transferId));
}
