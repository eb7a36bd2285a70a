import "server-only";
import { and, eq, isNull } from "drizzle-orm";
import { serverTrusts } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { changed, changeWith } from "@/lib/audit/change";
import { requireStillAdministrator } from "@/lib/auth/administrators";
import type { Db } from "@/lib/db/types";
import { violatesUnique } from "@/lib/db/violations";
import type { PresentedCertificate } from "@/lib/egress/presented-certificate";
import { AppError, notFound } from "@/lib/errors";
import { canBeTrusted, canManageServers } from "./policy";
import type { TrustKind } from "./types";

/** A certificate to trust, and its origin. The certificate was just read, not described by a client. */
export type NewTrust = {
  readonly origin: string;
  readonly kind: TrustKind;
  readonly certificate: PresentedCertificate;
};

/**
 * Trusts a certificate for one origin from now on. Returns the trust's id; NOT_FOUND if the actor does not manage
 * servers, CONFLICT if it is trusted there already or could not help.
 */
export async function addTrust(db: Db, actor: Actor, trust: NewTrust): Promise<string> {
  if (!canManageServers(actor)) throw notFound("server");
  const { origin, kind, certificate } = trust;
  if (!canBeTrusted(certificate, kind)) {
    throw new AppError({
      code: "CONFLICT",
      message: "This certificate is out of date or no authority, so trusting it would not help.",
    });
  }
  const { pem, sha256, subject, names, issuer } = certificate;
  const dates = { validFrom: new Date(certificate.validFrom), validTo: new Date(certificate.validTo) };
  try {
    return await changeWith(db, actor, async (tx) => {
      // Verified again: reading the server's certificate took time since the request began.
      await requireStillAdministrator(tx, actor, "server");
      const [added] = await tx
        .insert(serverTrusts)
        .values({
          origin,
          kind,
          pem,
          sha256,
          subject,
          names: [...names],
          issuer,
          ...dates,
          addedBy: actor.userId,
        })
        .returning({ id: serverTrusts.id });
      if (!added) throw new Error("the trust was not found after it was added");
      return changed(
        {
          event: "server.trust-added",
          subjectId: added.id,
          details: { origin, kind, sha256 },
        },
        added.id,
      );
    });
  } catch (error) {
    if (!violatesUnique(error, "server_trusts_one_live")) throw error;
    throw new AppError({ code: "CONFLICT", message: "This certificate is trusted for this server already." });
  }
}

/**
 * Ends a trust: from the next call on, the server's certificate is verified without it. NOT_FOUND if the actor does
 * not manage servers or the trust does not exist, CONFLICT if it has already ended.
 */
export async function endTrust(db: Db, actor: Actor, trustId: string): Promise<void> {
  await changeWith(db, actor, async (tx) => {
    await requireStillAdministrator(tx, actor, "server");
    const isIt = eq(serverTrusts.id, trustId);
    const [known] = await tx.select({ id: serverTrusts.id }).from(serverTrusts).where(isIt);
    if (!known) throw notFound("trust");
    const [ended] = await tx
      .update(serverTrusts)
      .set({ endedAt: new Date(), endedBy: actor.userId })
      .where(and(isIt, isNull(serverTrusts.endedAt)))
      .returning({ origin: serverTrusts.origin, kind: serverTrusts.kind, sha256: serverTrusts.sha256 });
    if (!ended) throw new AppError({ code: "CONFLICT", message: "This trust has been removed meanwhile." });
    return changed({ event: "server.trust-ended", subjectId: trustId, details: ended });
  });
}
