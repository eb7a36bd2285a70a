import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { credentialGrants, endpointGrants, endpoints } from "@/drizzle/schema";
import { grantedTo } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import type { Db, Tx } from "@/lib/db/types";
import { maySignIn } from "@/lib/endpoints/may-run";
import { countAndName, stoppingColumns } from "@/lib/endpoints/stops";
import type { NamedStops } from "@/lib/endpoints/types";
import type { Shared } from "./types";

/**
 * What would stop if one grant on an item ended, by the grant's id: the sources and destinations that sign in with a
 * credential, or the destinations that write a source's records. Counted are those whose owners reach the item through
 * that grant alone, without those that have stopped already; by name if the actor may see them. Grants that stop nothing
 * are left out, as are all on a destination. The caller has seen that the actor may share the item, or tells them of
 * their own grant alone.
 */
export function findGrantStops(
  db: Db | Tx,
  actor: Actor,
  { thing, ownerId }: { thing: Shared; ownerId: string },
): Promise<Map<string, NamedStops>> {
  const { grantId, uses, ending, isOnlyWay } =
    thing.kind === "credential" ? onCredential(thing.id) : onEndpoint(thing.id);
  return countAndName(
    db,
    sql`select ${grantId} as per, ${stoppingColumns(actor)}
      from ${endpoints} inner join ${ending}
      where ${uses} = ${thing.id} and ${endpoints.ownerId} <> ${ownerId} and ${maySignIn()} and ${isOnlyWay}`,
  );
}

type Grants = Readonly<Record<"grantId" | "uses" | "ending" | "isOnlyWay", SQL>>;

function onCredential(id: string): Grants {
  const [ended, other] = [credentialGrants, alias(credentialGrants, "other")];
  return {
    grantId: sql`${ended.id}`,
    uses: sql`${endpoints.credentialId}`,
    ending: sql`${ended} on ${ended.credentialId} = ${id} and ${toOwner(ended)}`,
    isOnlyWay: sql`not exists (select 1 from ${credentialGrants} as ${other}
      where ${other.credentialId} = ${id} and ${other.id} <> ${ended.id} and ${toOwner(other)})`,
  };
}

function onEndpoint(id: string): Grants {
  const [ended, other] = [endpointGrants, alias(endpointGrants, "other")];
  return {
    grantId: sql`${ended.id}`,
    uses: sql`${endpoints.inputSourceId}`,
    ending: sql`${ended} on ${ended.endpointId} = ${id} and ${toOwner(ended)}`,
    isOnlyWay: sql`not exists (select 1 from ${endpointGrants} as ${other}
      where ${other.endpointId} = ${id} and ${other.id} <> ${ended.id} and ${toOwner(other)})`,
  };
}

function toOwner(grants: Parameters<typeof grantedTo>[0]): SQL {
  return grantedTo(grants, sql`${endpoints.ownerId}`);
}
