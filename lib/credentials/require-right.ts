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

/** `share` keeps the credential from being changed or deleted meanwhile; `update` is for changing it or its grants. */
type Lock = "share" | "update";

/**
 * Locks a credential for the rest of the transaction and verifies the actor's right to `operation` at that time.
 * NOT_FOUND when it is absent or not visible; NOT_ALLOWED when it is visible but the role is too weak, or it is
 * suspended.
 */
export async function requireRight(
  tx: Tx,
  actor: Actor,
  credentialId: string,
  operation: CredentialOperation,
  lock: Lock,
) {
  // The database would report a malformed id as a fault.
  if (!credentialIdSchema.safeParse(credentialId).success) throw notFound("credential");
  const isIt = eq(credentials.id, credentialId);
  // Only users who see the credential wait for its lock: for all others the response time must match that of an unknown id.
  const [held] = await tx
    .select({ id: credentials.id })
    .from(credentials)
    .where(and(visibleTo(actor), isIt))
    .for(lock);
  if (!held) throw notFound("credential");
  // A second statement: the first, while waiting for the lock, would still see the old grants. Revoking a grant takes
  // this lock.
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

/** Refuses a use while the account of the credential's owner is disabled. */
export function suspended(): AppError {
  return new AppError({
    code: "NOT_ALLOWED",
    message:
      "The account of this credential's owner is disabled, so it cannot be used. Choose another credential, or ask the portal's administrator.",
  });
}

/** Refuses a change by a user who may only use the credential. */
export function changeNotAllowed(): AppError {
  return new AppError({
    code: "NOT_ALLOWED",
    message: "You may use this credential, but not change it. Ask its owner or an administrator of it.",
  });
}
