import "server-only";
import { and, count, desc, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { credentials, endpoints, servers, users } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import { statusOf } from "@/lib/credentials/checks/verdict";
import { isOwnerDisabled, reachableBy, visibleTo as seesCredential } from "@/lib/credentials/visibility";
import { byName } from "@/lib/db/name-order";
import type { Db, Tx } from "@/lib/db/types";
import { before, type Cursor, type Page, pageOf } from "@/lib/paging";
import type { Direction } from "@/lib/paths";
import type { CredentialUses, EndpointSummary, EndpointToEdit, StopReason } from "./types";
import { roleOf, visibleTo } from "./visibility";

const endpointsPerPage = 50;

/** One page of the sources or destinations that the actor sees, newest first. */
export async function listEndpoints(
  db: Db,
  actor: Actor,
  direction: Direction,
  after: Cursor | null,
): Promise<Page<EndpointSummary>> {
  const rows = await selectEndpoints(db, actor)
    .where(
      and(
        visibleTo(actor),
        eq(endpoints.direction, direction),
        before(after, endpoints.createdAt, endpoints.id),
      ),
    )
    .orderBy(desc(endpoints.createdAt), desc(endpoints.id))
    .limit(endpointsPerPage + 1);
  return pageOf(rows, endpointsPerPage, summaryOf);
}

/**
 * One page of the sources and destinations that use a credential, newest first: those that the actor may see; empty
 * without the credential.
 */
export async function listEndpointsUsing(
  db: Db,
  actor: Actor,
  credentialId: string,
  after: Cursor | null,
): Promise<Page<EndpointSummary>> {
  const rows = await selectEndpoints(db, actor)
    .where(
      and(
        visibleTo(actor),
        eq(credentials.id, credentialId),
        before(after, endpoints.createdAt, endpoints.id),
      ),
    )
    .orderBy(desc(endpoints.createdAt), desc(endpoints.id))
    .limit(endpointsPerPage + 1);
  return pageOf(rows, endpointsPerPage, summaryOf);
}

const shownUses = 20;
const shownOwners = 10;

/** How many endpoints use a credential that the actor sees; with names as far as the actor may see them. */
export async function getCredentialUses(
  db: Db | Tx,
  actor: Actor,
  credentialId: string,
): Promise<CredentialUses> {
  const names = and(
    eq(endpoints.credentialId, credentialId),
    inArray(
      endpoints.credentialId,
      db.select({ id: credentials.id }).from(credentials).where(seesCredential(actor)),
    ),
  );
  const isLive = sql<boolean>`exists (
    select 1 from ${credentials} where ${credentials.id} = ${endpoints.credentialId}
    and ${reachableBy(sql`${endpoints.ownerId}`)})`;
  const isUse = and(names, isLive);
  const isVisible = visibleTo(actor);
  const shown = await db
    .select({ id: endpoints.id, direction: endpoints.direction, name: endpoints.name })
    .from(endpoints)
    .where(and(isUse, isVisible))
    .orderBy(desc(endpoints.createdAt), desc(endpoints.id))
    .limit(shownUses);
  const [counted] = await db
    .select({
      total: whole(sql<number>`count(*) filter (where ${isLive})::int`),
      visible: whole(sql<number>`count(*) filter (where ${isLive} and ${isVisible})::int`),
      stopped: whole(sql<number>`count(*) filter (where not ${isLive})::int`),
    })
    .from(endpoints)
    .where(names);
  const { total, visible, stopped } = counted ?? { total: 0, visible: 0, stopped: 0 };
  const hidden =
    total === visible
      ? []
      : await db
          .select({
            ownerName: users.name,
            ownerIsDisabled: sql<boolean>`${users.disabledAt} is not null`,
            count: count(),
          })
          .from(endpoints)
          .innerJoin(users, eq(users.id, endpoints.ownerId))
          .where(and(isUse, not(isVisible)))
          .groupBy(users.id)
          .orderBy(desc(count()), byName(users.name), users.id)
          .limit(shownOwners);
  return { shown, visible, total, hidden, stopped };
}

/** One source or destination. Null for ids that are absent, malformed, not visible or of the other direction. */
export async function findEndpoint(
  db: Db,
  actor: Actor,
  direction: Direction,
  id: string,
): Promise<EndpointSummary | null> {
  if (!z.guid().safeParse(id).success) return null;
  const [row] = await selectEndpoints(db, actor).where(
    and(visibleTo(actor), eq(endpoints.direction, direction), eq(endpoints.id, id)),
  );
  return row ? summaryOf(row) : null;
}

const mostChoices = 500;

/** Like `findEndpoint`, with the edit's version and the credentials to choose from, 500 at most. */
export async function findEndpointToEdit(
  db: Db,
  actor: Actor,
  direction: Direction,
  id: string,
): Promise<EndpointToEdit | null> {
  const endpoint = await findEndpoint(db, actor, direction, id);
  if (!endpoint) return null;
  const [row] = await db
    .select({ ownerId: endpoints.ownerId, version: endpoints.version })
    .from(endpoints)
    .where(and(visibleTo(actor), eq(endpoints.id, id)));
  if (!row) return null;
  const choices = await db
    .select({ id: credentials.id, name: credentials.name, baseUrl: servers.baseUrl })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .where(
      and(
        seesCredential(actor),
        reachableBy(row.ownerId),
        not(isOwnerDisabled()),
        eq(credentials.kind, endpoint.connector),
      ),
    )
    .orderBy(byName(credentials.name), credentials.id)
    .limit(mostChoices);
  return { ...endpoint, version: row.version, choices };
}

function selectEndpoints(db: Db, actor: Actor) {
  const latest = latestCheck(db);
  const pausers = alias(users, "pausers");
  return (
    db
      .select({
        id: endpoints.id,
        direction: endpoints.direction,
        connector: endpoints.connector,
        name: endpoints.name,
        description: endpoints.description,
        createdAt: endpoints.createdAt,
        ownerName: users.name,
        role: roleOf(actor),
        credentialId: credentials.id,
        credentialName: credentials.name,
        baseUrl: servers.baseUrl,
        verdict: latest.verdict,
        pausedAt: endpoints.pausedAt,
        pausedByName: pausers.name,
        credentialIsSuspended: isOwnerDisabled(),
        stopped: stopReason(),
      })
      .from(endpoints)
      .innerJoin(users, eq(users.id, endpoints.ownerId))
      .leftJoin(pausers, eq(pausers.id, endpoints.pausedBy))
      // Joined only if the reader may see it, so that a hidden name never leaves the database.
      .leftJoin(credentials, and(eq(credentials.id, endpoints.credentialId), seesCredential(actor)))
      .leftJoin(servers, eq(servers.id, credentials.serverId))
      .leftJoinLateral(latest, sql`true`)
      .$dynamic()
  );
}

// Depends on the owner's account and right, not the reader's: an endpoint runs with those alone.
function stopReason(): SQL<StopReason | null> {
  const used = sql`from ${credentials} where ${credentials.id} = ${endpoints.credentialId}`;
  const reached = sql`${used} and ${reachableBy(sql`${endpoints.ownerId}`)}`;
  return whole(sql<StopReason | null>`case
    when ${users.disabledAt} is not null then 'owner-disabled'
    when ${endpoints.credentialId} is null then 'credential-deleted'
    when not exists (select 1 ${reached}) then 'credential-lost'
    when exists (select 1 ${used} and ${isOwnerDisabled()}) then 'credential-suspended' end`);
}

type EndpointRow = Awaited<ReturnType<typeof selectEndpoints>>[number];

function summaryOf(row: EndpointRow): EndpointSummary {
  const { role, credentialId, credentialName, baseUrl, verdict, credentialIsSuspended, ...rest } = row;
  const { createdAt, pausedAt, pausedByName, ...endpoint } = rest;
  if (role === null) throw new Error("a source or destination is visible without a role");
  const isSeen = credentialId !== null && credentialName !== null && baseUrl !== null;
  return {
    ...endpoint,
    role,
    createdAt: createdAt.toISOString(),
    paused: pausedAt && { since: pausedAt.toISOString(), byName: pausedByName },
    credential: isSeen
      ? {
          id: credentialId,
          name: credentialName,
          baseUrl,
          status: statusOf(verdict),
          isSuspended: credentialIsSuspended,
        }
      : null,
  };
}
