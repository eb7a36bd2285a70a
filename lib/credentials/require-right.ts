import "server-only";
import { and, eq } from "drizzle-orm";
import { credentials } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { isStillEnabled } from "@/lib/auth/still-enabled";
import type { Tx } from "@/lib/db/types";
import { AppError, notFound } from "@/lib/errors";
import { type CredentialOperation, isSuspendedFor, mayOnCredential } from "./policy";
import { credentialIdSchema } from "./schema";
import { isOwnerDisabled, roleOf, visibleTo } from "./visibility";

/** `share`: it must not change or go meanwhile. `update`: it is going to be changed, or who may use it. */
type Lock = "share" | "update";

/**
 * Locks a credential for the rest of the transaction and proves the actor's right to `operation` as it stands then.
 * NOT_FOUND when it is absent or not visible, NOT_ALLOWED when it is visible and the role is too weak, or it is suspended.
 */
export async function requireRight(
  tx: Tx,
  actor: Actor,
  credentialId: string,
  operation: CredentialOperation,
  lock: Lock,
) {
  // A malformed id is no id; the database would take it for a fault.
  if (!credentialIdSchema.safeParse(credentialId).success) throw notFound("credential");
  const isIt = eq(credentials.id, credentialId);
  // Only whoever sees it waits for its lock: to all others it must answer like an id that names nothing, in time as well.
  const [held] = await tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(visibleTo(actor), isIt))
    .for(lock);
  if (!held) throw notFound("credential");
  // Two statements: one that waits for the lock would still see the grants as they were before it waited, and whoever
  // takes a grant away holds this lock.
  const [credential] = await tx
    .select({
      role: roleOf(actor),
      ownerIsDisabled: isOwnerDisabled(),
      name: credentials.name,
      ownerId: credentials.ownerId,
      serverId: credentials.serverId,
      kind: credentials.kind,
      secretVersion: credentials.secretVersion,
      version: credentials.version,
    })
    .from(credentials)
    .where(and(visibleTo(actor), isIt, isStillEnabled(actor)));
  if (!credential) throw notFound("credential");
  if (!mayOnCredential(credential.role, operation)) throw changeNotAllowed();
  if (isSuspendedFor(operation, credential.ownerIsDisabled)) throw suspended();
  return credential;
}

/** The refusal of a use while the account of the credential's owner is disabled. */
export function suspended(): AppError {
  return new AppError({
    code: "NOT_ALLOWED",
    message:
      "The account of this credential's owner is disabled, so nobody can use it. Choose another credential, or ask the portal's administrator.",
  });
}

/** The refusal of a change by somebody who may see the credential and no more. */
export function changeNotAllowed(): AppError {
  return new AppError({
    code: "NOT_ALLOWED",
    message: "You may use this credential, but not change it. Ask its owner or an administrator of it.",
  });
}
