import "server-only";
import { and, eq, ne, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialGrants, endpoints } from "@/drizzle/schema";
import { grantedTo } from "@/lib/access/grants";
import type { Db, Tx } from "@/lib/db/types";
import { maySignIn } from "@/lib/endpoints/may-run";
import type { Stops } from "@/lib/endpoints/types";

/**
 * What would stop if one grant on a credential ended, by the grant's id: the sources and destinations of users who reach
 * the credential through that grant alone, without those that have stopped already. Grants that stop nothing are left
 * out. The caller has seen that the actor may share the credential.
 */
export async function countStops(
  db: Db | Tx,
  credentialId: string,
  ownerId: string,
): Promise<Map<string, Stops>> {
  const other = alias(credentialGrants, "other");
  const isOnlyWay = sql`not exists (select 1 from ${credentialGrants} as ${other}
    where ${other.credentialId} = ${credentialId} and ${other.id} <> ${credentialGrants.id}
    and ${grantedTo(other, sql`${endpoints.ownerId}`)})`;
  const rows = await db
    .select({
      grantId: credentialGrants.id,
      sources: sql<number>`count(*) filter (where ${endpoints.direction} = 'source')::int`,
      destinations: sql<number>`count(*) filter (where ${endpoints.direction} = 'destination')::int`,
      users: sql<number>`count(distinct ${endpoints.ownerId})::int`,
    })
    .from(endpoints)
    .innerJoin(
      credentialGrants,
      and(
        eq(credentialGrants.credentialId, credentialId),
        grantedTo(credentialGrants, sql`${endpoints.ownerId}`),
      ),
    )
    .where(
      and(eq(endpoints.credentialId, credentialId), ne(endpoints.ownerId, ownerId), maySignIn(), isOnlyWay),
    )
    .groupBy(credentialGrants.id);
  return new Map(rows.map(({ grantId, ...stops }) => [grantId, stops]));
}
