import "server-only";
import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { checks, credentials, servers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { recordEvent } from "@/lib/audit/record";
import type { CheckOutcome, FailureReason, SignIn } from "@/lib/bitbucket/types";
import { Secret } from "@/lib/crypto/secret";
import type { Db, Tx } from "@/lib/db/client";
import { violatesUnique } from "@/lib/db/violations";
import { AppError } from "@/lib/errors";
import { requireRight } from "./require-right";
import { storeSecret } from "./secret-store";
import type { CheckedVersion } from "./types";
import { findingsOf, verdictOf } from "./verdict";

/** A credential as it is stored: `signIn` holds the secret, `outcome` is its first check or null when it is stored unchecked. */
export type NewCredential = {
  readonly name: string;
  readonly description: string;
  readonly baseUrl: string;
  readonly signIn: SignIn;
  readonly outcome: CheckOutcome | null;
};

/**
 * Stores a credential of the actor's: server, credential, sealed secret, first check and audit event, all or nothing.
 * Returns its id; throws CONFLICT when the actor already has one of that name. Two saves of one name: the second is told.
 */
export async function addCredential(db: Db, actor: Actor, credential: NewCredential): Promise<string> {
  const { name, description, baseUrl, signIn, outcome } = credential;
  const id = randomUUID();
  const method = signIn.scheme === "basic" ? "password" : "api-key";
  try {
    await db.transaction(async (tx) => {
      const serverId = await findOrAddServer(tx, baseUrl);
      const username = usernameOf(signIn);
      await tx
        .insert(credentials)
        .values({ id, ownerId: actor.userId, serverId, name, description, method, username });
      await storeSecret(
        tx,
        { credentialId: id, ownerId: actor.userId, baseUrl, version: 1 },
        secretOf(signIn),
      );
      if (outcome) await insertCheck(tx, { credentialId: id, serverId, secretVersion: 1, outcome });
      const verdict = outcome ? verdictOf(outcome) : "unchecked";
      await recordEvent(tx, actor, {
        event: "credential.added",
        subjectId: id,
        details: { name, baseUrl, method, verdict },
      });
    });
  } catch (error) {
    if (violatesUnique(error, "credentials_name_per_owner")) throw nameTaken(name);
    throw error;
  }
  return id;
}

/**
 * Keeps what a check found, if the secret is still the one that was checked; else the check says nothing any more and
 * CONFLICT is thrown. NOT_FOUND when the credential is gone or no longer visible.
 */
export async function recordCheck(
  db: Db,
  actor: Actor,
  checked: CheckedVersion,
  outcome: CheckOutcome,
): Promise<void> {
  await db.transaction(async (tx) => {
    const credential = await requireRight(tx, actor, checked.credentialId, "check", "update");
    if (credential.secretVersion !== checked.secretVersion) {
      throw new AppError({
        code: "CONFLICT",
        message: "The credential was changed while it was being checked.",
      });
    }
    await insertCheck(tx, { ...checked, serverId: credential.serverId, outcome });
    await recordEvent(tx, actor, {
      event: "credential.checked",
      subjectId: checked.credentialId,
      details: { verdict: verdictOf(outcome), reason: outcome.kind === "failed" ? outcome.reason : null },
    });
  });
}

/** Keeps that a Save signed in, or tried to, and stored nothing: it was a use of somebody's account all the same. */
export async function recordRefusal(
  db: Db,
  actor: Actor,
  details: { baseUrl: string; reason: FailureReason },
): Promise<void> {
  await db.transaction((tx) =>
    recordEvent(tx, actor, { event: "credential.refused", subjectId: null, details }),
  );
}

/** The refusal of a name that the actor already uses, at the field. */
export function nameTaken(name: string): AppError {
  return new AppError({
    code: "CONFLICT",
    message: "Some fields need your attention.",
    fieldErrors: { name: `You already have a credential named “${name}”. Choose another name.` },
  });
}

async function findOrAddServer(tx: Tx, baseUrl: string): Promise<string> {
  await tx.insert(servers).values({ baseUrl }).onConflictDoNothing();
  const [server] = await tx.select({ id: servers.id }).from(servers).where(eq(servers.baseUrl, baseUrl));
  if (!server) throw new Error("the server row was not found after it was added");
  return server.id;
}

type CheckRow = CheckedVersion & { serverId: string; outcome: CheckOutcome };

async function insertCheck(
  tx: Tx,
  { credentialId, secretVersion, serverId, outcome }: CheckRow,
): Promise<void> {
  const verified = outcome.kind === "verified" ? outcome : null;
  await tx.insert(checks).values({
    credentialId,
    secretVersion,
    verdict: verdictOf(outcome),
    reason: outcome.kind === "failed" ? outcome.reason : null,
    accountName: verified?.account.name ?? null,
    accountDisplayName: verified?.account.displayName ?? null,
    serverVersion: verified?.server.version ?? null,
    findings: findingsOf(outcome),
  });
  await tx.update(servers).set(serverState(outcome)).where(eq(servers.id, serverId));
}

// An outage is remembered of the server; any telling answer ends it.
function serverState(outcome: CheckOutcome): Partial<typeof servers.$inferInsert> {
  const now = new Date();
  if (outcome.kind === "verified") {
    const certificateEndsAt = outcome.certificate ? new Date(outcome.certificate.validTo) : null;
    return { version: outcome.server.version, answeredAt: now, unreachableSince: null, certificateEndsAt };
  }
  return verdictOf(outcome) === "nothing"
    ? { unreachableSince: now }
    : { answeredAt: now, unreachableSince: null };
}

function secretOf(signIn: SignIn): Secret {
  return Secret.of(signIn.scheme === "basic" ? signIn.password : signIn.apiKey);
}

function usernameOf(signIn: SignIn): string | null {
  return signIn.scheme === "basic" ? signIn.username : signIn.expectedAccount;
}
