import "server-only";
import { and, eq, sql } from "drizzle-orm";
import type { PgUpdateSetSource } from "drizzle-orm/pg-core";
import { checks, credentialAvatars, servers } from "@/drizzle/schema";
import type { BaseUrl } from "@/lib/connectors/base-url";
import type { ConnectorKind } from "@/lib/connectors/kinds";
import type { Avatar, CheckOutcome, FailureReason, VerifiedOutcome } from "@/lib/connectors/types";
import type { CheckedVersion } from "@/lib/credentials/secrets/types";
import type { Tx } from "@/lib/db/types";
import { tellRefusedSecret } from "@/lib/notifications/telling/credential";
import { noteEnding } from "@/lib/notifications/telling/endings";
import { closeOutage, openOutage } from "@/lib/notifications/telling/server-outage";
import { scheduleNextCheck } from "./schedule";
import { checkRecordOf, verdictOf } from "./verdict";

/** The base URL of a server that has a row. */
export async function baseUrlOf(tx: Tx, serverId: string): Promise<string> {
  const [server] = await tx
    .select({ baseUrl: servers.baseUrl })
    .from(servers)
    .where(eq(servers.id, serverId));
  if (!server) throw new Error("a credential's server has no row");
  return server.baseUrl;
}

/** The id of the server row of this kind and base URL; adds the row if it is missing. */
export async function findOrAddServer(tx: Tx, kind: ConnectorKind, { href }: BaseUrl): Promise<string> {
  const known = await findServer(tx, kind, href);
  if (known !== null) return known;
  await tx.insert(servers).values({ kind, baseUrl: href }).onConflictDoNothing();
  const added = await findServer(tx, kind, href);
  if (added === null) throw new Error("the server row was not found after it was added");
  return added;
}

async function findServer(tx: Tx, kind: ConnectorKind, baseUrl: string): Promise<string | null> {
  const [server] = await tx
    .select({ id: servers.id })
    .from(servers)
    .where(and(eq(servers.kind, kind), eq(servers.baseUrl, baseUrl)));
  return server?.id ?? null;
}

type NewCheck = CheckedVersion & { serverId: string; outcome: CheckOutcome };

/** Stores a check with what it found, updates its server's state, and tells what somebody has to hear of. */
export async function insertCheck(
  tx: Tx,
  { credentialId, secretVersion, serverId, outcome }: NewCheck,
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
    record: checkRecordOf(outcome),
  });
  if (verified) await storeAvatar(tx, { credentialId, secretVersion }, verified.avatar);
  const state = serverState(outcome);
  if (state) await tx.update(servers).set(state).where(eq(servers.id, serverId));
  await scheduleNextCheck(tx, credentialId, verdictOf(outcome));
  if (state) await ("answeredAt" in state ? closeOutage(tx, serverId) : openOutage(tx, serverId));
  if (verified) await noteEndings(tx, { credentialId, serverId }, verified);
  await tellRefusedSecret(tx, { credentialId, secretVersion, verdict: verdictOf(outcome) });
}

async function noteEndings(
  tx: Tx,
  { credentialId, serverId }: { credentialId: string; serverId: string },
  { keyEndsAt, certificate }: VerifiedOutcome,
): Promise<void> {
  // Most servers do not say when a key ends; a day that a user entered then stays.
  if (keyEndsAt) await noteEnding(tx, { credentialId }, new Date(keyEndsAt));
  await noteEnding(tx, { serverId }, certificate ? new Date(certificate.validTo) : null);
}

// Replaces the previous picture; null removes it.
async function storeAvatar(
  tx: Tx,
  { credentialId, secretVersion }: CheckedVersion,
  avatar: Avatar | null,
): Promise<void> {
  if (avatar === null) {
    await tx.delete(credentialAvatars).where(eq(credentialAvatars.credentialId, credentialId));
    return;
  }
  const picture = { secretVersion, mediaType: avatar.mediaType, image: Buffer.from(avatar.image) };
  await tx
    .insert(credentialAvatars)
    .values({ credentialId, ...picture })
    .onConflictDoUpdate({ target: credentialAvatars.credentialId, set: picture });
}

/** Stores the first check of a new secret; a secret stored unchecked is scheduled for a check soon. */
export async function insertFirstCheck(
  tx: Tx,
  { outcome, ...row }: Omit<NewCheck, "outcome"> & { outcome: CheckOutcome | null },
): Promise<void> {
  if (outcome) await insertCheck(tx, { ...row, outcome });
  else await scheduleNextCheck(tx, row.credentialId, "unchecked");
}

/** Failures on the portal's side: they say nothing about the server. */
const sayNothing: ReadonlySet<FailureReason> = new Set([
  "INVALID_BASE_URL",
  "ADDRESS_NOT_ALLOWED",
  "PORT_NOT_ALLOWED",
  "PLAIN_HTTP_NOT_ALLOWED",
  "PROXY_UNREACHABLE",
  "PROXY_SILENT",
  "PROXY_SIGN_IN",
  "PROXY_REFUSES",
  "PROXY_UNREADABLE",
  "PORTAL_BUSY",
  "CANCELLED",
]);
/** Failures that the server itself reported: it is reachable. */
const isThere: ReadonlySet<FailureReason> = new Set([
  "RATE_LIMITED",
  "XSRF_REFUSED",
  "RULE_REFUSES",
  "DIRECTORY_UNREACHABLE",
  "KEY_NOT_RECOGNISED",
  "EVERYBODY_SIGNED_IN",
]);

// An outage is stored from its first failed check until the server answers again.
function serverState(outcome: CheckOutcome): PgUpdateSetSource<typeof servers> | null {
  const now = new Date();
  const answered = { answeredAt: now, unreachableSince: null };
  if (outcome.kind === "verified") {
    const certificateEndsAt = outcome.certificate ? new Date(outcome.certificate.validTo) : null;
    return { ...answered, version: outcome.server.version, certificateEndsAt };
  }
  if (verdictOf(outcome) !== "nothing" || isThere.has(outcome.reason)) return answered;
  if (sayNothing.has(outcome.reason)) return null;
  return { unreachableSince: sql`coalesce(${servers.unreachableSince}, ${now.toISOString()}::timestamptz)` };
}
