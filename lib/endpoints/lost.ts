import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { credentialGrants, credentials, endpoints } from "@/drizzle/schema";
import type { GranteeId } from "@/lib/access/grants";
import { granteesOf } from "@/lib/access/listings";
import { roleOf } from "@/lib/credentials/visibility";

const toldDays = sql.raw("7");
/** The latest ended grants that are read of each grantee. */
const readOfEach = sql.raw("50");

/**
 * A user's own sources and destinations that stopped in the last seven days, because their credential is not shared with
 * the user any more: a table with the columns id, name, direction and at, `most` rows at most, the latest first. The
 * credential is not named, because the user does not see it any more.
 */
export function lostLately(userId: GranteeId, most: number): SQL {
  const grants = credentialGrants;
  const of = (
    grantee: SQL,
  ) => sql`(select ${grants.credentialId} as id, ${grants.endedAt} as at from ${grants} where ${grantee} = grantees.id
    and ${grants.endedAt} > now() - ${toldDays} * interval '1 day' order by ${grants.endedAt} desc limit ${readOfEach})`;
  // Written out: a plan that is made once for all values must know how few rows are wanted. The inner limit keeps the
  // planner from reading all sources first.
  const limit = sql.raw(String(Math.trunc(most)));
  return sql`(select own.id, own.name, own.direction, max(ended.at) as at
    from unnest(${granteesOf(userId)}) as grantees (id)
    cross join lateral (${of(sql`${grants.userId}`)} union all ${of(sql`${grants.teamId}`)}) as ended
    cross join lateral (select ${endpoints.id} as id, ${endpoints.name} as name, ${endpoints.direction} as direction
      from ${endpoints} where ${endpoints.credentialId} = ended.id and ${endpoints.ownerId} = ${userId}
      limit ${limit}) as own
    where (select ${roleOf({ userId })} from ${credentials} where ${credentials.id} = ended.id) is null
    group by own.id, own.name, own.direction order by max(ended.at) desc limit ${limit})`;
}
