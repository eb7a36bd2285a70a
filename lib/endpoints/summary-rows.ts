import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialListings, credentials, endpoints, servers, uploads, users } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import { statusOf } from "@/lib/credentials/checks/verdict";
import {
  isVisibleTo as isCredentialVisible,
  isOwnerDisabled,
  reachableBy,
  roleOf as roleOnCredential,
} from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import type { EndpointInput, EndpointSummary, RefusedAs, StopReason } from "./types";
import { roleOf, seenBy } from "./visibility";

/** The rows of summaries, with the actor's role; the caller adds the rule of visibility. `listed`: what a list adds to them. */
export function selectEndpoints(
  db: Db,
  actor: Actor,
  listed: { key: SQL<string>; total: SQL<number | null> } = { key: sql`''`, total: sql`null` },
) {
  const latest = latestCheck(db);
  const pausers = alias(users, "pausers");
  return (
    db
      .select({
        ...listed,
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
        credentialRole: roleOnCredential(actor),
        credentialOwnerName: nameOfCredentialOwner(),
        baseUrl: servers.baseUrl,
        verdict: latest.verdict,
        pausedAt: endpoints.pausedAt,
        pausedByName: pausers.name,
        credentialIsSuspended: isOwnerDisabled(),
        stopped: stopReason(),
        refused: refusedAs(),
        settings: endpoints.settings,
        writing: endpoints.writing,
        schedule: endpoints.schedule,
        nextRunAt: endpoints.nextRunAt,
        keepRunsDays: endpoints.keepRunsDays,
        keepDeletedDays: endpoints.keepDeletedDays,
        keepDeliveriesDays: endpoints.keepDeliveriesDays,
        inputSourceId: endpoints.inputSourceId,
        inputSourceName: nameOfInput(actor),
        uploadId: uploads.id,
        uploadName: uploads.name,
        uploadRecords: uploads.records,
      })
      .from(endpoints)
      .innerJoin(users, eq(users.id, endpoints.ownerId))
      .leftJoin(uploads, eq(uploads.id, endpoints.inputUploadId))
      .leftJoin(pausers, eq(pausers.id, endpoints.pausedBy))
      // Joined only if the reader may see it, so that a hidden name never leaves the database.
      .leftJoin(credentials, and(eq(credentials.id, endpoints.credentialId), isCredentialVisible(actor)))
      .leftJoin(servers, eq(servers.id, credentials.serverId))
      .leftJoinLateral(latest, sql`true`)
      .$dynamic()
  );
}

// Of the joined credential. Not joined itself: the planner then read all rows of a list before its first ones.
function nameOfCredentialOwner(): SQL<string | null> {
  const owners = alias(users, "credential_owners");
  return whole(sql<string | null>`(select ${owners.name} from ${users} as ${owners}
    where ${owners.id} = ${credentials.ownerId})`);
}

// The name of the source that the records come from, if the reader may see it.
function nameOfInput(actor: Actor): SQL<string | null> {
  const inputs = alias(endpoints, "inputs");
  return whole(sql<string | null>`(select ${inputs.name} from ${endpoints} as ${inputs}
    where ${inputs.id} = ${endpoints.inputSourceId} and ${seenBy(actor.userId, inputs.id)})`);
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

// The owner of a credential has it in their listing, with its status and end. Not from the joined credential, which only
// readers of it have: whoever sees the source reads the same on its runs.
function refusedAs(): SQL<RefusedAs | null> {
  const { credentialId, granteeId, ownerId, status, endsAt } = credentialListings;
  return whole(sql<RefusedAs | null>`(select case when ${status} in ('rejected', 'locked') then ${status}
    when ${endsAt} <= now() then 'ended' end from ${credentialListings}
    where ${credentialId} = ${endpoints.credentialId} and ${granteeId} = ${ownerId})`);
}

type EndpointRow = Awaited<ReturnType<typeof selectEndpoints>>[number];

/** A row as others show it. Throws for one that the actor may not see. */
export function summaryOf(row: EndpointRow): EndpointSummary {
  const { role, credentialId, credentialName, baseUrl, verdict, credentialIsSuspended, ...rest } = row;
  const { key: _, total: __, credentialRole, credentialOwnerName, ...shown } = rest;
  const { inputSourceId, inputSourceName, uploadId, uploadName, uploadRecords, ...own } = shown;
  const { createdAt, nextRunAt, pausedAt, pausedByName, ...endpoint } = own;
  if (role === null) throw new Error("a source or destination is visible without a role");
  const isNamed = credentialId !== null && credentialName !== null && baseUrl !== null;
  const isSeen = isNamed && credentialRole !== null && credentialOwnerName !== null;
  return {
    ...endpoint,
    role,
    createdAt: createdAt.toISOString(),
    nextRunAt: nextRunAt?.toISOString() ?? null,
    input: inputOf(row),
    paused: pausedAt && { since: pausedAt.toISOString(), byName: pausedByName },
    credential: isSeen
      ? {
          id: credentialId,
          name: credentialName,
          baseUrl,
          status: statusOf(verdict),
          isSuspended: credentialIsSuspended,
          role: credentialRole,
          ownerName: credentialOwnerName,
        }
      : null,
  };
}

function inputOf(row: EndpointRow): EndpointInput | null {
  const { inputSourceId, inputSourceName, uploadId, uploadName, uploadRecords } = row;
  if (inputSourceId !== null) return { kind: "source", id: inputSourceId, name: inputSourceName };
  if (uploadId === null || uploadName === null) return null;
  return { kind: "upload", id: uploadId, name: uploadName, records: uploadRecords ?? 0 };
}
