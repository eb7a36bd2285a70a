import "server-only";
import { and, count, desc, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { credentials, endpoints, servers, users } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import { inListedOrder, listedKey, listedKeyOf } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import {
  isVisibleTo as isCredentialVisible,
  isOwnerDisabled,
  reachableBy,
  visibleTo as seesCredential,
} from "@/lib/credentials/visibility";
import { byName } from "@/lib/db/name-order";
import type { Db, Tx } from "@/lib/db/types";
import {
  type CountedPage,
  createdAtOf,
  inOrder,
  isFrom,
  type Page,
  type PageStart,
  readPage,
} from "@/lib/paging";
import type { Direction } from "@/lib/paths";
import { countOfListed, type ListedEndpoints, listedEndpoints, orderOf } from "./listed";
import { selectEndpoints, summaryOf } from "./summary-rows";
import type { CredentialUses, EndpointSummary, EndpointToEdit, LastUse, Stops } from "./types";
import { isVisibleTo, visibleTo } from "./visibility";

const endpointsPerPage = 50;

/** One page of the sources or destinations that the actor sees, newest first or sorted as wanted. */
export async function listEndpoints(
  db: Db,
  actor: Actor,
  direction: Direction,
  start: PageStart | null,
  wanted: Omit<ListedEndpoints, "direction"> = {},
): Promise<CountedPage<EndpointSummary>> {
  const [of, order] = [{ ...wanted, direction }, orderOf(wanted.sort)];
  const listed = { key: listedKey(order), total: countOfListed(actor, of) };
  let total: number | null = 0;
  const read = async (from: PageStart | null, limit: number) => {
    const rows = await selectEndpoints(db, actor, listed)
      .innerJoin(listedEndpoints(actor, of, { start: from, limit }), sql`listed.id = ${endpoints.id}`)
      .where(isVisibleTo(actor))
      .orderBy(...inListedOrder(order, from))
      .limit(limit);
    // Each row has it, so that one statement is enough.
    total = rows[0] ? rows[0].total : 0;
    return rows;
  };
  const keyOf = ({ key }: { key: string }) => listedKeyOf(order, key);
  const page = await readPage({ start, size: endpointsPerPage, read, keyOf }, summaryOf);
  return { ...page, total };
}

/**
 * One page of the sources and destinations that use a credential, newest first: those that the actor may see; empty
 * without the credential.
 */
export async function listEndpointsUsing(
  db: Db,
  actor: Actor,
  credentialId: string,
  start: PageStart | null,
): Promise<Page<EndpointSummary>> {
  const key = [endpoints.createdAt, endpoints.id] as const;
  const read = (from: PageStart | null, limit: number) =>
    selectEndpoints(db, actor)
      .where(
        and(
          isVisibleTo(actor),
          eq(endpoints.credentialId, credentialId),
          // Empty unless the actor sees the credential.
          eq(credentials.id, credentialId),
          isFrom(from, ...key),
        ),
      )
      .orderBy(...inOrder(from, ...key))
      .limit(limit);
  return readPage({ start, size: endpointsPerPage, read, keyOf: createdAtOf }, summaryOf);
}

const shownUses = 20;
const shownOwners = 10;

/** How many endpoints use a credential that the actor sees; with names as far as the actor may see them. */
export async function getCredentialUses(
  db: Db | Tx,
  actor: Actor,
  credentialId: string,
): Promise<CredentialUses> {
  const names = usesSeen(db, actor, credentialId);
  const isLive = isLiveUse();
  const isUse = and(names, isLive);
  const isVisible = isVisibleTo(actor);
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

/** How many use a credential that the actor sees, and are not the actor's to see; as `getCredentialUses` counts them. */
export async function countHiddenUses(db: Db, actor: Actor, credentialId: string): Promise<Stops> {
  const [hidden] = await db
    .select({
      sources: sql<number>`count(*) filter (where ${endpoints.direction} = 'source')::int`,
      destinations: sql<number>`count(*) filter (where ${endpoints.direction} = 'destination')::int`,
      users: sql<number>`count(distinct ${endpoints.ownerId})::int`,
    })
    .from(endpoints)
    .where(and(usesSeen(db, actor, credentialId), isLiveUse(), not(isVisibleTo(actor))));
  return hidden ?? { sources: 0, destinations: 0, users: 0 };
}

/**
 * The newest run that signed in with a credential; null before the first, and without such a credential for the actor.
 * Names its source or destination, and the owner of that, as far as the actor may see them.
 */
export async function findLastUse(db: Db, actor: Actor, credentialId: string): Promise<LastUse | null> {
  if (!z.guid().safeParse(credentialId).success) return null;
  const [row] = await db
    .select({
      at: credentials.lastUsedAt,
      id: endpoints.id,
      direction: endpoints.direction,
      name: endpoints.name,
      ownerName: users.name,
      isVisible: sql<boolean>`${isVisibleTo(actor)}`,
    })
    .from(credentials)
    .leftJoin(endpoints, eq(endpoints.id, credentials.lastUsedBy))
    .leftJoin(users, eq(users.id, endpoints.ownerId))
    .where(and(seesCredential(actor), eq(credentials.id, credentialId)));
  if (!row?.at) return null;
  const { id, direction, name, ownerName, isVisible } = row;
  const at = row.at.toISOString();
  if (id === null || direction === null) return { at, by: null };
  const isNamed = isVisible && name !== null && ownerName !== null;
  return { at, by: { direction, seen: isNamed ? { id, name, ownerName } : null } };
}

// Of a credential that the actor sees.
function usesSeen(db: Db | Tx, actor: Actor, credentialId: string) {
  const seen = db.select({ id: credentials.id }).from(credentials).where(isCredentialVisible(actor));
  return and(eq(endpoints.credentialId, credentialId), inArray(endpoints.credentialId, seen));
}

// One whose owner lost the credential has stopped.
function isLiveUse(): SQL<boolean> {
  return sql<boolean>`exists (select 1 from ${credentials} where ${credentials.id} = ${endpoints.credentialId}
    and ${reachableBy(sql`${endpoints.ownerId}`)})`;
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
