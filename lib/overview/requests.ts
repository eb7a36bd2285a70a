import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { z } from "zod";
import {
  credentialGrants,
  credentialGrantViews,
  credentialListings,
  credentials,
  endpointGrants,
  endpointGrantViews,
  endpoints,
  ownershipTransfers,
  servers,
  teamProposals,
  teams,
  users,
} from "@/drizzle/schema";
import { granteesOf } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { isVisibleTo, roleOf as roleOnCredential } from "@/lib/credentials/visibility";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { lostLately } from "@/lib/endpoints/lost";
import { roleOf as roleOnEndpoint } from "@/lib/endpoints/visibility";
import { joinedBy, roleOf as roleInTeam } from "@/lib/teams/visibility";
import { requestSchema } from "./request-schema";
import type { Need } from "./types";

const told = { days: 7, certificateDays: 90, endedDays: 30 } as const;
const giver = alias(users, "giver");
const subject = alias(users, "subject");

/**
 * What others ask of the actor, shared with them or took from them in the last seven days, and which of their servers do
 * not answer or have a certificate that ends within 90 days: `most` of each kind, in one statement. Each part asks the
 * rule of visibility itself.
 */
export async function listRequests(db: Db, actor: Actor, most: number): Promise<Need[]> {
  const parts = [
    offers(actor, most),
    proposals(actor, most),
    sharedCredentials(actor, most),
    sharedEndpoints(actor, most),
    lostCredentials(actor, most),
    serversToTell(actor, most),
  ];
  const rows = await rowsOf(
    db,
    sql`select kind, id, name, by_name, about, role,
    (extract(epoch from at) * 1000)::float8 as ms from (${sql.join(parts, sql` union all `)}) as requests`,
  );
  return z.array(requestSchema).parse(rows);
}

// All parts have the columns kind, id, name, by_name, about, role, at.
function offers(actor: Actor, most: number): SQL {
  return sql`(select 'offer' as kind, ${credentials.id} as id, ${credentials.name} as name, ${giver.name} as by_name,
      null as about, null as role, ${ownershipTransfers.offeredAt} as at
    from ${ownershipTransfers} join ${credentials} on ${credentials.id} = ${ownershipTransfers.credentialId}
    join ${users} as ${giver} on ${giver.id} = ${credentials.ownerId}
    where ${ownershipTransfers.toUserId} = ${actor.userId} and ${ownershipTransfers.endedAt} is null
    order by ${ownershipTransfers.offeredAt} desc limit ${most})`;
}

function proposals(actor: Actor, most: number): SQL {
  return sql`(select 'proposal', ${teams.id}, ${teams.name}, ${giver.name}, ${subject.name}, ${teamProposals.role},
      ${teamProposals.proposedAt}
    from ${teamProposals} join ${teams} on ${teams.id} = ${teamProposals.teamId}
    join ${users} as ${giver} on ${giver.id} = ${teamProposals.proposedBy}
    join ${users} as ${subject} on ${subject.id} = ${teamProposals.userId}
    where ${teamProposals.endedAt} is null and ${teams.deletedAt} is null and ${joinedBy(actor)}
      and ${roleInTeam(actor)} = 'owner'
    order by ${teamProposals.proposedAt} desc limit ${most})`;
}

function sharedCredentials(actor: Actor, most: number): SQL {
  return sql`(select 'shared', ${credentials.id}, ${credentials.name}, ${giver.name}, 'credential',
      ${roleOnCredential(actor)}, shared.at
    from ${grantedLately(actor, credentialGrants, credentialGrantViews, sql`${credentialGrants.credentialId}`, most)} as shared
    join ${credentials} on ${credentials.id} = shared.id join ${users} as ${giver} on ${giver.id} = shared.by
    where ${credentials.ownerId} <> ${actor.userId} and ${roleOnCredential(actor)} is not null)`;
}

function sharedEndpoints(actor: Actor, most: number): SQL {
  return sql`(select 'shared', ${endpoints.id}, ${endpoints.name}, ${giver.name}, ${endpoints.direction},
      ${roleOnEndpoint(actor)}, shared.at
    from ${grantedLately(actor, endpointGrants, endpointGrantViews, sql`${endpointGrants.endpointId}`, most)} as shared
    join ${endpoints} on ${endpoints.id} = shared.id join ${users} as ${giver} on ${giver.id} = shared.by
    where ${endpoints.ownerId} <> ${actor.userId} and ${roleOnEndpoint(actor)} is not null)`;
}

type Grants = typeof credentialGrants | typeof endpointGrants;
type Views = typeof credentialGrantViews | typeof endpointGrantViews;

// The newest of each grantee from an index, then those by others than the actor, once per thing. Not filtered sooner: a
// user may have given thousands to an own team.
function grantedLately(actor: Actor, grants: Grants, views: Views, id: SQL, most: number): SQL {
  const of = (
    grantee: SQL,
  ) => sql`(select ${id} as id, ${grants.grantedAt} as at, ${grants.grantedBy} as by from ${grants}
    where ${grantee} = grantees.id and ${grants.endedAt} is null and ${grants.grantedAt} > now() - ${lately}
      and not exists (select 1 from ${views} where ${views.grantId} = ${grants.id} and ${views.userId} = ${actor.userId})
    order by ${grants.grantedAt} desc limit ${readOfEach})`;
  return sql`(select given.id, max(given.at) as at, (array_agg(given.by order by given.at desc))[1] as by
    from unnest(${granteesOf(actor.userId)}) as grantees (id)
    cross join lateral (${of(sql`${grants.userId}`)} union all ${of(sql`${grants.teamId}`)}) as given
    where given.by <> ${actor.userId} group by given.id order by max(given.at) desc limit ${most})`;
}

/** The newest grants that are read of each grantee. */
const readOfEach = 50;

const lately = sql`${told.days} * interval '1 day'`;

function lostCredentials(actor: Actor, most: number): SQL {
  return sql`(select 'credential-lost', lost.id, lost.name, null, lost.direction, null, lost.at
    from ${lostLately(actor.userId, most)} as lost)`;
}

// Starts with the few servers that have something to tell, and asks of each whether the actor sees a credential there.
function serversToTell(actor: Actor, most: number): SQL {
  const { granteeId, serverId, credentialId, createdAt } = credentialListings;
  // The first of each grantee from an index: collecting all that the actor sees there would take longer.
  const isKnown = sql`exists (select 1 from unnest(${granteesOf(actor.userId)}) as grantees (id)
    cross join lateral (select ${credentialId} as id from ${credentialListings}
      where ${granteeId} = grantees.id and ${serverId} = ${servers.id} order by ${createdAt} desc limit 1) as known
    join ${credentials} on ${credentials.id} = known.id where ${isVisibleTo(actor)})`;
  const part = (kind: SQL, at: SQL, isToTell: SQL) => sql`(
    select ${kind}, ${servers.id}, ${servers.baseUrl}, null, null, null, ${at} from ${servers}
    where ${isToTell} and ${isKnown} order by ${at} limit ${most})`;
  const ends = sql`${servers.certificateEndsAt}`;
  const since = sql`${servers.unreachableSince}`;
  return sql`${part(
    sql`'certificate'`,
    ends,
    sql`${ends} > now() - ${told.endedDays} * interval '1 day' and ${ends} < now() + ${told.certificateDays} * interval '1 day'`,
  )} union all ${part(sql`'unreachable'`, since, sql`${since} is not null`)}`;
}
