import "server-only";
import { and, eq, sql } from "drizzle-orm";
import { credentialPreviousSecrets, credentials, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { readBaseUrl } from "@/lib/connectors/base-url";
import { apiKeysPage } from "@/lib/connectors/bitbucket-server/web-pages";
import type { SignIn } from "@/lib/connectors/types";
import type { CredentialTarget } from "@/lib/credentials/checks/check";
import { readCheckRecord } from "@/lib/credentials/checks/details";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import type { SignInRefusal } from "@/lib/credentials/lockout/rules";
import { isSuspendedFor, mayOnCredential } from "@/lib/credentials/policy";
import { changeNotAllowed, suspended } from "@/lib/credentials/require-right";
import { credentialIdSchema } from "@/lib/credentials/schema";
import { openPrevious } from "@/lib/credentials/secrets/store";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import { isOwnerDisabled, roleOf, visibleTo } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { AppError, notFound, type Refusal } from "@/lib/errors";
import type { Secret } from "@/lib/secret";
import { refusalOfPrevious } from "./refused-before";
import { isKept } from "./slot";
import type { PreviousSecret } from "./types";

const isOfCredential = eq(credentialPreviousSecrets.credentialId, credentials.id);

/**
 * The previous secret of a credential, or what is remembered of it, for users who may replace the secret; null for all
 * others, and without one.
 */
export async function findPreviousSecret(db: Db, actor: Actor, id: string): Promise<PreviousSecret | null> {
  if (!credentialIdSchema.safeParse(id).success) return null;
  const previous = credentialPreviousSecrets;
  const [row] = await db
    .select({
      role: roleOf(actor),
      isSuspended: isOwnerDisabled(),
      baseUrl: servers.baseUrl,
      endedAt: previous.endedAt,
      outcome: previous.outcome,
      storedAt: previous.storedAt,
      keptUntil: previous.keptUntil,
      workedAt: previous.workedAt,
      isKept: sql<boolean>`(${isKept})`,
      shown: {
        credentialId: credentials.id,
        secretVersion: credentials.secretVersion,
        method: previous.method,
        username: previous.username,
        accountName: previous.accountName,
        keyId: previous.keyId,
        storedByName: users.name,
      },
    })
    .from(credentials)
    .innerJoin(previous, isOfCredential)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .leftJoin(users, eq(users.id, previous.storedById))
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row || !mayOnCredential(row.role, "replaceSecret")) return null;
  const { keptUntil, isSuspended, endedAt, outcome } = row;
  const baseUrl = readBaseUrl(row.baseUrl);
  return {
    ...row.shown,
    isSuspended,
    storedAt: row.storedAt?.toISOString() ?? null,
    keptUntil: keptUntil.toISOString(),
    workedAt: row.workedAt?.toISOString() ?? null,
    // One that has run out is not deleted before the next hour, and cannot be used meanwhile.
    ended: row.isKept ? null : { outcome: outcome ?? "expired", at: (endedAt ?? keptUntil).toISOString() },
    apiKeysUrl: baseUrl && apiKeysPage(baseUrl),
  };
}

/** A kept previous secret, opened for a check. Holds the secret: use it for nothing else. */
export type PreviousSignIn = {
  /** The version that it had as the current secret. */
  readonly checked: CheckedVersion;
  readonly currentVersion: number;
  readonly target: CredentialTarget;
  readonly accountName: string | null;
  /** The refusal that its newest check met; null if the server accepted it last, or never judged it. */
  readonly refusedBefore: SignInRefusal | null;
  /** The current secret's latest check was sent past a proxy that turns visitors away, at the same server. */
  readonly pastProxy: "proven" | null;
};

/**
 * The sign-in with a credential's previous secret. NOT_FOUND and NOT_ALLOWED as for replacing the secret, NOT_ALLOWED
 * too while the credential is suspended; CONFLICT if there is none any more.
 */
export async function getPreviousSignIn(db: Db, actor: Actor, id: string): Promise<PreviousSignIn> {
  if (!credentialIdSchema.safeParse(id).success) throw notFound("credential");
  const latest = latestCheck(db);
  const [row] = await db
    .select({
      role: roleOf(actor),
      isSuspended: isOwnerDisabled(),
      ownerId: credentials.ownerId,
      kind: credentials.kind,
      currentVersion: credentials.secretVersion,
      baseUrl: servers.baseUrl,
      record: latest.record,
      previous: credentialPreviousSecrets,
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .leftJoin(credentialPreviousSecrets, and(isOfCredential, isKept))
    .leftJoinLateral(latest, sql`true`)
    .where(and(visibleTo(actor), eq(credentials.id, id)));
  if (!row) throw notFound("credential");
  const { role, kind, ownerId, currentVersion, previous } = row;
  if (!mayOnCredential(role, "replaceSecret")) throw changeNotAllowed();
  if (isSuspendedFor("check", row.isSuspended)) throw suspended();
  if (!previous?.sealed) throw new AppError(previousGone);
  const { version, accountName } = previous;
  const baseUrl = readBaseUrl(row.baseUrl);
  const secret = await openPrevious(db, { credentialId: id, ownerId, baseUrl, version }, previous.sealed);
  if (baseUrl === null) throw new Error("a secret opened for an invalid base URL");
  return {
    checked: { credentialId: id, secretVersion: version },
    currentVersion,
    target: { kind, baseUrl, signIn: signInOf(previous, secret) },
    accountName,
    refusedBefore: await refusalOfPrevious(db, previous),
    pastProxy: readCheckRecord(row.record).warnings.includes("BEHIND_FRONT") ? "proven" : null,
  };
}

/** Refuses what was pressed for a previous secret that is not kept any more. */
export const previousGone: Refusal = {
  code: "CONFLICT",
  message:
    "The previous secret is not kept any more: it was used, deleted or ran out. Reload the page to see what is.",
};

type SignInColumns = Pick<typeof credentialPreviousSecrets.$inferSelect, "method" | "username">;

function signInOf({ method, username }: SignInColumns, secret: Secret): SignIn {
  if (method === "password") return { scheme: "basic", username: username ?? "", password: secret };
  return { scheme: "bearer", apiKey: secret, expectedAccount: username };
}
