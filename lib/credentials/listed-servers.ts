import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { credentialListings, credentials, servers } from "@/drizzle/schema";
import { granteesOf } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { isVisibleTo } from "./visibility";

const { granteeId, serverId, credentialId } = credentialListings;

/**
 * The ids and base URLs of the servers of the actor's credentials, at most `most`, as a subquery. From server to server
 * along an index: the time grows with the servers, not with their credentials. A server counts only by a credential that
 * the actor sees.
 */
export function serversOfListed(actor: Actor, most: number): SQL {
  const next = (
    after: SQL | undefined,
  ) => sql`(select ${serverId} as server_id, ${credentialId} as credential_id
    from ${credentialListings} where ${eq(granteeId, sql`grantees.id`)} ${after ? sql`and ${after}` : sql``}
    order by ${serverId} limit 1)`;
  return sql`(select distinct ${servers.id} as id, ${servers.baseUrl} as base_url
    from unnest(${granteesOf(actor.userId)}) as grantees (id) cross join lateral (
      with recursive steps (server_id, credential_id, number) as (
        select first.server_id, first.credential_id, 1 from ${next(undefined)} as first
        union all
        select next.server_id, next.credential_id, steps.number + 1
          from steps cross join lateral ${next(sql`${serverId} > steps.server_id`)} as next
          where steps.number < ${most})
      select server_id, credential_id from steps
    ) as found
    join ${credentials} on ${credentials.id} = found.credential_id and ${isVisibleTo(actor)}
    join ${servers} on ${servers.id} = found.server_id
    limit ${most})`;
}
