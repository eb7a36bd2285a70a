import "server-only";
import { eq, sql } from "drizzle-orm";
import { credentials, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { endOf, keyEndOf, readCheckRecord, warningsAt } from "@/lib/credentials/checks/details";
import { acceptedBefore, latestCheck } from "@/lib/credentials/checks/latest-check";
import { statusOf } from "@/lib/credentials/checks/verdict";
import type { Db } from "@/lib/db/types";
import { breachNow, policyOfRow } from "@/lib/sign-in-policy/effective";
import { teamsLeadingTo } from "./tile-groups";
import type { CredentialTile } from "./types";
import { roleOf } from "./visibility";

/** A query of all tiles; the caller must restrict it to what the actor sees. */
export function selectTiles(db: Db, actor: Actor) {
  const latest = latestCheck(db);
  const accepted = acceptedBefore(db, latest);
  return db
    .select(tileColumns(actor, latest, accepted))
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .leftJoinLateral(accepted, sql`true`)
    .$dynamic();
}

/**
 * The columns of a tile for the actor, in a query of credentials with their servers, owners and latest check, and the one
 * accepted before it if that was refused.
 */
export function tileColumns(
  actor: Actor,
  latest: ReturnType<typeof latestCheck>,
  accepted: ReturnType<typeof acceptedBefore>,
) {
  return {
    id: credentials.id,
    name: credentials.name,
    description: credentials.description,
    tags: credentials.tags,
    ownerName: users.name,
    ownerDisabledAt: users.disabledAt,
    role: roleOf(actor),
    teams: teamsLeadingTo(actor),
    kind: credentials.kind,
    baseUrl: servers.baseUrl,
    serverUnreachableSince: servers.unreachableSince,
    method: credentials.method,
    username: credentials.username,
    createdAt: credentials.createdAt,
    verdict: latest.verdict,
    reason: latest.reason,
    checkedAt: latest.checkedAt,
    // From this credential's own check: another user's check of the same server must not show here.
    serverVersion: latest.serverVersion,
    accountName: latest.accountName,
    accountDisplayName: latest.accountDisplayName,
    record: latest.record,
    acceptedAt: accepted.checkedAt,
    acceptedVersion: accepted.serverVersion,
    acceptedName: accepted.accountName,
    acceptedDisplayName: accepted.accountDisplayName,
    acceptedRecord: accepted.record,
    keyExpiresOn: credentials.keyExpiresOn,
    policy: policyOfRow(),
  };
}

type TileRow = Awaited<ReturnType<typeof selectTiles>>[number];

/** A row of these columns as a tile. */
export function tileOf(row: TileRow): CredentialTile {
  const { record, serverVersion, account } = factsOf(row);
  const { access, details } = readCheckRecord(record);
  const { warnings } = readCheckRecord(row.record);
  const keyEnd = endOf(keyEndOf(details, row.keyExpiresOn));
  const lasting = { keyExpiresOn: row.keyExpiresOn, serverVersion, details };
  const breach = breachNow(row.policy, { method: row.method, endsAt: keyEnd });
  if (row.role === null) throw new Error("a credential is visible without a role");
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    tags: row.tags,
    ownerName: row.ownerName,
    isSuspended: row.ownerDisabledAt !== null,
    role: row.role,
    teams: row.teams,
    kind: row.kind,
    baseUrl: row.baseUrl,
    serverVersion,
    serverUnreachableSince: row.serverUnreachableSince?.toISOString() ?? null,
    method: row.method,
    username: row.username,
    status: statusOf(row.verdict),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    keyEndsAt: keyEnd?.toISOString() ?? null,
    factsAt: row.acceptedAt?.toISOString() ?? null,
    account,
    access,
    warnings: [...warningsAt(warnings, lasting, new Date()), ...(breach ? [breach] : [])],
  };
}

// After a refusal, what the check before it found stays, with its date: a refusal names no account.
function factsOf(row: TileRow) {
  if (row.acceptedAt) {
    const account = { name: row.acceptedName, displayName: row.acceptedDisplayName };
    return { record: row.acceptedRecord, serverVersion: row.acceptedVersion, account };
  }
  const isNamed = row.verdict !== null && row.reason === null;
  const account = isNamed ? { name: row.accountName, displayName: row.accountDisplayName } : null;
  return { record: row.record, serverVersion: row.serverVersion, account };
}
