import "server-only";
import { and, count, desc, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import { credentials, flows, servers, users } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { newestProof } from "@/lib/credentials/checks/latest-check";
import { statusOf } from "@/lib/credentials/checks/verdict";
import { isOwnerDisabled, reachableBy, visibleTo as seesCredential } from "@/lib/credentials/visibility";
import { byName } from "@/lib/db/name-order";
import type { Db, Tx } from "@/lib/db/types";
import { before, type Cursor, type Page, pageOf } from "@/lib/paging";
import type { Direction } from "@/lib/paths";
import type { CredentialUses, FlowSummary, FlowToEdit, StopReason } from "./types";
import { roleOf, visibleTo } from "./visibility";

const flowsPerPage = 50;

/** The actor's sources or destinations, newest first, one page of them. */
export async function listFlows(
  db: Db,
  actor: Actor,
  direction: Direction,
  after: Cursor | null,
): Promise<Page<FlowSummary>> {
  const rows = await selectFlows(db, actor)
    .where(and(visibleTo(actor), eq(flows.direction, direction), before(after, flows.createdAt, flows.id)))
    .orderBy(desc(flows.createdAt), desc(flows.id))
    .limit(flowsPerPage + 1);
  return pageOf(rows, flowsPerPage, summaryOf);
}

/** The sources and destinations that use a credential, newest first, one page of them: those that the actor may see, and none without the credential. */
export async function listFlowsUsing(
  db: Db,
  actor: Actor,
  credentialId: string,
  after: Cursor | null,
): Promise<Page<FlowSummary>> {
  const rows = await selectFlows(db, actor)
    .where(and(visibleTo(actor), eq(credentials.id, credentialId), before(after, flows.createdAt, flows.id)))
    .orderBy(desc(flows.createdAt), desc(flows.id))
    .limit(flowsPerPage + 1);
  return pageOf(rows, flowsPerPage, summaryOf);
}

const shownUses = 20;
const shownOwners = 10;

/** What uses a credential that the actor sees, in whole numbers, and by name as far as the actor may see it. */
export async function getCredentialUses(
  db: Db | Tx,
  actor: Actor,
  credentialId: string,
): Promise<CredentialUses> {
  const names = and(
    eq(flows.credentialId, credentialId),
    inArray(
      flows.credentialId,
      db.select({ id: credentials.id }).from(credentials).where(seesCredential(actor)),
    ),
  );
  const isLive = sql<boolean>`exists (
    select 1 from ${credentials} where ${credentials.id} = ${flows.credentialId}
    and ${reachableBy(sql`${flows.ownerId}`)})`;
  const isUse = and(names, isLive);
  const isVisible = visibleTo(actor);
  const shown = await db
    .select({ id: flows.id, direction: flows.direction, name: flows.name })
    .from(flows)
    .where(and(isUse, isVisible))
    .orderBy(desc(flows.createdAt), desc(flows.id))
    .limit(shownUses);
  const [counted] = await db
    .select({
      total: whole(sql<number>`count(*) filter (where ${isLive})::int`),
      visible: whole(sql<number>`count(*) filter (where ${isLive} and ${isVisible})::int`),
      stopped: whole(sql<number>`count(*) filter (where not ${isLive})::int`),
    })
    .from(flows)
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
          .from(flows)
          .innerJoin(users, eq(users.id, flows.ownerId))
          .where(and(isUse, not(isVisible)))
          .groupBy(users.id)
          .orderBy(desc(count()), byName(users.name), users.id)
          .limit(shownOwners);
  return { shown, visible, total, hidden, stopped };
}

/** One source or destination, or null: absent, malformed, another's and one of the other direction are the same. */
export async function findFlow(
  db: Db,
  actor: Actor,
  direction: Direction,
  id: string,
): Promise<FlowSummary | null> {
  if (!z.guid().safeParse(id).success) return null;
  const [row] = await selectFlows(db, actor).where(
    and(visibleTo(actor), eq(flows.direction, direction), eq(flows.id, id)),
  );
  return row ? summaryOf(row) : null;
}

const mostChoices = 500;

/** As `findFlow`, with the version that an edit starts from and the credentials that can be chosen, 500 at most. */
export async function findFlowToEdit(
  db: Db,
  actor: Actor,
  direction: Direction,
  id: string,
): Promise<FlowToEdit | null> {
  const flow = await findFlow(db, actor, direction, id);
  if (!flow) return null;
  const [row] = await db
    .select({ ownerId: flows.ownerId, version: flows.version })
    .from(flows)
    .where(and(visibleTo(actor), eq(flows.id, id)));
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
        eq(credentials.kind, flow.connector),
      ),
    )
    .orderBy(byName(credentials.name), credentials.id)
    .limit(mostChoices);
  return { ...flow, version: row.version, choices };
}

function selectFlows(db: Db, actor: Actor) {
  const proof = newestProof(db);
  const pausers = alias(users, "pausers");
  return (
    db
      .select({
        id: flows.id,
        direction: flows.direction,
        connector: flows.connector,
        name: flows.name,
        description: flows.description,
        createdAt: flows.createdAt,
        ownerName: users.name,
        role: roleOf(actor),
        credentialId: credentials.id,
        credentialName: credentials.name,
        baseUrl: servers.baseUrl,
        verdict: proof.verdict,
        pausedAt: flows.pausedAt,
        pausedByName: pausers.name,
        credentialIsSuspended: isOwnerDisabled(),
        stopped: stopReason(),
      })
      .from(flows)
      .innerJoin(users, eq(users.id, flows.ownerId))
      .leftJoin(pausers, eq(pausers.id, flows.pausedBy))
      // Joined only where the reader may see it, so that a name that is not theirs to read never leaves the database.
      .leftJoin(credentials, and(eq(credentials.id, flows.credentialId), seesCredential(actor)))
      .leftJoin(servers, eq(servers.id, credentials.serverId))
      .leftJoinLateral(proof, sql`true`)
      .$dynamic()
  );
}

// The owner's account and right, whoever reads: a source runs with them alone.
function stopReason(): SQL<StopReason | null> {
  const used = sql`from ${credentials} where ${credentials.id} = ${flows.credentialId}`;
  const reached = sql`${used} and ${reachableBy(sql`${flows.ownerId}`)}`;
  return whole(sql<StopReason | null>`case
    when ${users.disabledAt} is not null then 'owner-disabled'
    when ${flows.credentialId} is null then 'credential-deleted'
    when not exists (select 1 ${reached}) then 'credential-lost'
    when exists (select 1 ${used} and ${isOwnerDisabled()}) then 'credential-suspended' end`);
}

type FlowRow = Awaited<ReturnType<typeof selectFlows>>[number];

function summaryOf(row: FlowRow): FlowSummary {
  const { role, credentialId, credentialName, baseUrl, verdict, credentialIsSuspended, ...rest } = row;
  const { createdAt, pausedAt, pausedByName, ...flow } = rest;
  if (role === null) throw new Error("a source or destination is visible without a role");
  const isSeen = credentialId !== null && credentialName !== null && baseUrl !== null;
  return {
    ...flow,
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
