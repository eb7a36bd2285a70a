import "server-only";
import { createHash } from "node:crypto";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { credentials, datasets, deliveryLedger, endpoints, servers, users } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { latestCheck } from "@/lib/credentials/checks/latest-check";
import { reachableBy } from "@/lib/credentials/visibility";
import type { Db } from "@/lib/db/types";
import { visibleTo } from "@/lib/endpoints/visibility";

/** A source or destination that goes on with another sign-in. */
export type Dependent = Awaited<ReturnType<typeof selectDependents>>[number];

/** The active and paused ones that use a credential. One that has stopped by itself does not depend on it. */
export function dependentsOn(db: Db, actor: Actor, credentialId: string): Promise<readonly Dependent[]> {
  const ownerMayUseIt = sql`exists (select 1 from ${credentials}
    where ${credentials.id} = ${endpoints.credentialId} and ${reachableBy(sql`${endpoints.ownerId}`)})`;
  return selectDependents(db, actor)
    .where(and(eq(endpoints.credentialId, credentialId), ownerMayUseIt, isNull(users.disabledAt)))
    .orderBy(sql`(${visibleTo(actor)}) desc`, desc(endpoints.createdAt), desc(endpoints.id));
}

/** One of them by its id. */
export function dependentById(db: Db, actor: Actor, id: string): Promise<readonly Dependent[]> {
  return selectDependents(db, actor).where(and(eq(endpoints.id, id), visibleTo(actor)));
}

function selectDependents(db: Db, actor: Actor) {
  const { id } = endpoints;
  return db
    .select({
      id,
      direction: endpoints.direction,
      connector: endpoints.connector,
      // A hidden name never leaves the database.
      name: whole(sql<string>`case when ${visibleTo(actor)} then ${endpoints.name} else '' end`),
      version: endpoints.version,
      settings: endpoints.settings,
      writing: endpoints.writing,
      inputSourceId: endpoints.inputSourceId,
      inputUploadId: endpoints.inputUploadId,
      isPaused: whole(sql<boolean>`${endpoints.pausedAt} is not null`),
      isVisible: whole(sql<boolean>`(${visibleTo(actor)})`),
      hasSent: whole(sql<boolean>`exists (select 1 from ${deliveryLedger}
        where ${deliveryLedger.endpointId} = ${id} and ${deliveryLedger.state} = 'sent')`),
      hasRecords: whole(sql<boolean>`exists (select 1 from ${datasets}
        where ${datasets.endpointId} = ${id} and ${datasets.records} + ${datasets.deleted} > 0)`),
    })
    .from(endpoints)
    .innerJoin(users, eq(users.id, endpoints.ownerId))
    .$dynamic();
}

/** Changes with everything that a rehearsal depends on, apart from the sign-in. */
export function fingerprintOf(dependents: readonly Dependent[]): string {
  const hash = createHash("sha256");
  for (const one of dependents.toSorted((a, b) => (a.id < b.id ? -1 : 1))) hash.update(JSON.stringify(one));
  return hash.digest("base64url");
}

/** A credential's server and account; `account` is undefined while its secret is unproven. */
export type KnownSignIn = {
  readonly secretVersion: number;
  readonly baseUrl: string;
  readonly account: string | null | undefined;
};

/** The server and account of a stored credential; null if there is none. For comparison only: no user sees them. */
export async function knownSignIn(db: Db, credentialId: string): Promise<KnownSignIn | null> {
  const latest = latestCheck(db);
  const [row] = await db
    .select({
      secretVersion: credentials.secretVersion,
      baseUrl: servers.baseUrl,
      account: latest.accountName,
      // A refused sign-in stores no server version.
      serverVersion: latest.serverVersion,
    })
    .from(credentials)
    .innerJoin(servers, eq(servers.id, credentials.serverId))
    .leftJoinLateral(latest, sql`true`)
    .where(eq(credentials.id, credentialId));
  if (!row) return null;
  const { serverVersion, account, ...known } = row;
  return { ...known, account: serverVersion === null ? undefined : account };
}
