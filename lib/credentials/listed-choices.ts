import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { credentialListings, credentials, servers, users } from "@/drizzle/schema";
import { granteesOf } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { isVisibleTo } from "./visibility";

const { granteeId, serverId, ownerId, credentialId } = credentialListings;

/**
 * The ids and base URLs of the servers of the actor's credentials, at most `most`, as a subquery. From server to server
 * along an index: the time grows with the servers, not with their credentials. A server counts only by a credential that
 * the actor sees.
 */
export function serversOfListed(actor: Actor, most: number): SQL {
  return sql`(select distinct ${servers.id} as id, ${servers.baseUrl} as name
    from ${firstOfEach(actor, serverId, most)} join ${servers} on ${servers.id} = found.value limit ${most})`;
}

/** The same for the ids and names of their owners. */
export function ownersOfListed(actor: Actor, most: number): SQL {
  return sql`(select distinct ${users.id} as id, ${users.name} as name
    from ${firstOfEach(actor, ownerId, most)} join ${users} on ${users.id} = found.value limit ${most})`;
}

// One visible credential for each value of the column and grantee, as `found`.
function firstOfEach(actor: Actor, column: typeof serverId | typeof ownerId, most: number): SQL {
  const next = (after: SQL | undefined) => sql`(select ${column} as value, ${credentialId} as credential_id
    from ${credentialListings} where ${eq(granteeId, sql`grantees.id`)} ${after ? sql`and ${after}` : sql``}
    order by ${column} limit 1)`;
  return sql`unnest(${granteesOf(actor.userId)}) as grantees (id) cross join lateral (
      with recursive steps (value, credential_id, number) as (
        select first.value, first.credential_id, 1 from ${next(undefined)} as first
        union all
        select next.value, next.credential_id, steps.number + 1
          from steps cross join lateral ${next(sql`${column} > steps.value`)} as next
          where steps.number < ${most})
      select value, credential_id from steps
    ) as found
    join ${credentials} on ${credentials.id} = found.credential_id and ${isVisibleTo(actor)}`;
}
