import "server-only";
import { eq, sql } from "drizzle-orm";
import { credentials, servers, users } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { readCheckRecord, warningsAt } from "@/lib/credentials/checks/details";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import { statusOf } from "@/lib/credentials/checks/verdict";
import type { Db } from "@/lib/db/types";
import { teamsLeadingTo } from "./tile-groups";
import type { CredentialTile } from "./types";
import { roleOf } from "./visibility";

/** A query of all tiles; the caller must restrict it to what the actor sees. */
export function selectTiles(db: Db, actor: Actor) {
  const latest = latestCheck(db);
  return db
    .select(tileColumns(actor, latest))
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .innerJoin(users, eq(users.id, credentials.ownerId))
    .leftJoinLateral(latest, sql`true`)
    .$dynamic();
}

/** The columns of a tile for the actor, in a query of credentials with their servers, owners and latest check. */
export function tileColumns(actor: Actor, latest: ReturnType<typeof latestCheck>) {
  return {
    id: credentials.id,
    name: credentials.name,
    description: credentials.description,
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
    checkedAt: latest.checkedAt,
    // From this credential's own check: another user's check of the same server must not show here.
    serverVersion: latest.serverVersion,
    accountName: latest.accountName,
    accountDisplayName: latest.accountDisplayName,
    record: latest.record,
    keyExpiresOn: credentials.keyExpiresOn,
  };
}

type TileRow = Awaited<ReturnType<typeof selectTiles>>[number];

/** A row of these columns as a tile. */
export function tileOf(row: TileRow): CredentialTile {
  const { access, details, warnings } = readCheckRecord(row.record);
  if (row.role === null) throw new Error("a credential is visible without a role");
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    ownerName: row.ownerName,
    isSuspended: row.ownerDisabledAt !== null,
    role: row.role,
    teams: row.teams,
    kind: row.kind,
    baseUrl: row.baseUrl,
    serverVersion: row.serverVersion,
    serverUnreachableSince: row.serverUnreachableSince?.toISOString() ?? null,
    method: row.method,
    username: row.username,
    status: statusOf(row.verdict),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    account: row.verdict ? { name: row.accountName, displayName: row.accountDisplayName } : null,
    access,
    warnings: warningsAt(warnings, { ...row, details }, new Date()),
  };
}
