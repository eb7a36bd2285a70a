import "server-only";
import { and, desc, eq, inArray, isNotNull, ne, sql } from "drizzle-orm";
import {
  auditEvents,
  checks,
  credentialPreviousSecrets,
  credentialSecrets,
  credentials,
  type PreviousOutcome,
} from "@/drizzle/schema";
import type { EventKind } from "@/lib/audit/kinds";
import type { BaseUrl } from "@/lib/connectors/base-url";
import { secretOf } from "@/lib/connectors/sign-in";
import type { SignIn } from "@/lib/connectors/types";
import type { SignInMethod } from "@/lib/credentials/checks/types";
import { openSecret, type SecretPlace, sealAsPrevious } from "@/lib/credentials/secrets/store";
import { isSameSecret } from "@/lib/crypto/same-secret";
import { SealError } from "@/lib/crypto/seal-error";
import type { Tx } from "@/lib/db/types";
import type { Secret } from "@/lib/secret";
import { isRefusedByPolicy } from "@/lib/sign-in-policy/effective";
import { apiKeyId } from "@/lib/text/api-key-shape";

/** How long a replaced secret can be switched back to. */
export const keptDays = 7;

/** True of a previous secret that can be used: it has neither ended nor run out. */
export const isKept = and(
  isNotNull(credentialPreviousSecrets.sealed),
  sql`${credentialPreviousSecrets.keptUntil} > clock_timestamp()`,
);

/**
 * Keeps the current secret beside `next`, its successor; call it before that is stored, with the credential locked and
 * the slot empty. False if it is not kept: the same secret entered once more, one that does not open, whose cure is to
 * be replaced, one whose kind the policy refuses by now, and one that the server has refused as wrong, of which only
 * that is remembered.
 */
export async function keepReplaced(tx: Tx, place: ReplacedPlace, next: SignIn): Promise<boolean> {
  const { credentialId, baseUrl, version } = place;
  const secret = await openReplaced(tx, place);
  if (!secret) return false;
  const isIt = eq(credentials.id, credentialId);
  const { method, username, keyExpiresOn } = credentials;
  const [signIn] = await tx.select({ method, username, keyExpiresOn }).from(credentials).where(isIt);
  if (!signIn) throw new Error("the credential that was just locked is gone");
  if (isSameSignIn({ ...signIn, secret }, next)) return false;
  if (await isRefusedByPolicy(tx, baseUrl, signIn.method)) return false;
  const refusedAt = await refusedAsWrongAt(tx, credentialId, version);
  const slot = refusedAt
    ? { endedAt: refusedAt, outcome: "revoked" as const }
    : await sealAsPrevious(tx, place, secret);
  await tx.insert(credentialPreviousSecrets).values({
    ...signIn,
    ...slot,
    credentialId,
    version,
    accountName: await accountOf(tx, credentialId, version),
    keyId: signIn.method === "api-key" ? secret.use(apiKeyId) : null,
    ...(await lastStored(tx, credentialId)),
    keptUntil: sql`clock_timestamp() + ${keptDays} * interval '1 day'`,
  });
  return refusedAt === null;
}

/** Where the current secret is sealed; its server has a valid base URL, which the successor shares. */
type ReplacedPlace = SecretPlace & { readonly baseUrl: BaseUrl };

type Opened = { readonly method: SignInMethod; readonly username: string | null; readonly secret: Secret };

/** True if both sign in with the same secret: one and the same password may be that of two users. */
function isSameSignIn({ method, username, secret }: Opened, next: SignIn): boolean {
  if (!isSameSecret(secret, secretOf(next))) return false;
  if (method !== "password" || next.scheme !== "basic") return true;
  return username?.toLowerCase() === next.username.toLowerCase();
}

/**
 * Deletes the previous secret, and what is remembered of it. True if that was a secret which could still be used.
 */
export async function dropPrevious(tx: Tx, credentialId: string): Promise<boolean> {
  const dropped = await tx
    .delete(credentialPreviousSecrets)
    .where(eq(credentialPreviousSecrets.credentialId, credentialId))
    .returning({ wasKept: sql<boolean>`(${isKept})` });
  return dropped.some(({ wasKept }) => wasKept);
}

/** Deletes the previous secret; its outcome stays. */
export async function endPrevious(tx: Tx, credentialId: string, outcome: PreviousOutcome): Promise<void> {
  await tx
    .update(credentialPreviousSecrets)
    .set({ sealed: null, dataKeyId: null, endedAt: sql`clock_timestamp()`, outcome })
    .where(eq(credentialPreviousSecrets.credentialId, credentialId));
}

/** What comes back with a kept previous secret; null if there is none. */
export async function findKept(tx: Tx, credentialId: string) {
  const { version, method, username, keyExpiresOn } = credentialPreviousSecrets;
  const [kept] = await tx
    .select({ version, method, username, keyExpiresOn })
    .from(credentialPreviousSecrets)
    .where(and(eq(credentialPreviousSecrets.credentialId, credentialId), isKept))
    .for("update");
  return kept ?? null;
}

async function openReplaced(tx: Tx, place: SecretPlace): Promise<Secret | null> {
  const isStored = and(
    eq(credentialSecrets.credentialId, place.credentialId),
    eq(credentialSecrets.version, place.version),
  );
  if ((await tx.$count(credentialSecrets, isStored)) === 0) return null;
  try {
    return await openSecret(tx, place);
  } catch (error) {
    if (error instanceof SealError) return null;
    throw error;
  }
}

/** When the latest check with a verdict was refused as wrong; null if it was not. */
async function refusedAsWrongAt(tx: Tx, credentialId: string, version: number): Promise<Date | null> {
  const [check] = await tx
    .select({ reason: checks.reason, checkedAt: checks.checkedAt })
    .from(checks)
    .where(
      and(
        eq(checks.credentialId, credentialId),
        eq(checks.secretVersion, version),
        ne(checks.verdict, "nothing"),
      ),
    )
    .orderBy(desc(checks.checkedAt))
    .limit(1);
  return check?.reason === "SECRET_REJECTED" ? check.checkedAt : null;
}

async function accountOf(tx: Tx, credentialId: string, version: number): Promise<string | null> {
  const [check] = await tx
    .select({ accountName: checks.accountName })
    .from(checks)
    .where(
      and(
        eq(checks.credentialId, credentialId),
        eq(checks.secretVersion, version),
        isNotNull(checks.accountName),
      ),
    )
    .orderBy(desc(checks.checkedAt))
    .limit(1);
  return check?.accountName ?? null;
}

const storing = [
  "credential.added",
  "credential.secret-replaced",
  "credential.secret-switched-back",
] as const satisfies readonly EventKind[];

/** Who stored the current secret, and when; the rows do not say it. */
async function lastStored(tx: Tx, credentialId: string) {
  const [newest] = await tx
    .select({ storedById: auditEvents.actorId, storedAt: auditEvents.at })
    .from(auditEvents)
    .where(and(eq(auditEvents.subjectId, credentialId), inArray(auditEvents.event, [...storing])))
    .orderBy(desc(auditEvents.at), desc(auditEvents.id))
    .limit(1);
  return newest ?? { storedById: null, storedAt: null };
}
