import "server-only";
import { sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialGrants, endpoints } from "@/drizzle/schema";
import { grantedTo } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import type { Db, Tx } from "@/lib/db/types";
import { maySignIn } from "@/lib/endpoints/may-run";
import { countAndName, stoppingColumns } from "@/lib/endpoints/stops";
import type { NamedStops } from "@/lib/endpoints/types";

/**
 * What would stop if one grant on a credential ended, by the grant's id: the sources and destinations of users who reach
 * the credential through that grant alone, without those that have stopped already; by name if the actor may see them.
 * Grants that stop nothing are left out. The caller has seen that the actor may share the credential, or tells
 * them of their own grant alone.
 */
export function findGrantStops(
  db: Db | Tx,
  actor: Actor,
  { credentialId, ownerId }: { credentialId: string; ownerId: string },
): Promise<Map<string, NamedStops>> {
  const other = alias(credentialGrants, "other");
  const isOnlyWay = sql`not exists (select 1 from ${credentialGrants} as ${other}
    where ${other.credentialId} = ${credentialId} and ${other.id} <> ${credentialGrants.id}
    and ${grantedTo(other, sql`${endpoints.ownerId}`)})`;
  return countAndName(
    db,
    sql`select ${credentialGrants.id} as per, ${stoppingColumns(actor)}
      from ${endpoints} inner join ${credentialGrants} on ${credentialGrants.credentialId} = ${credentialId}
        and ${grantedTo(credentialGrants, sql`${endpoints.ownerId}`)}
      where ${endpoints.credentialId} = ${credentialId} and ${endpoints.ownerId} <> ${ownerId}
        and ${maySignIn()} and ${isOnlyWay}`,
  );
}
