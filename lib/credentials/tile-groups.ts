import "server-only";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { credentialGrants, credentialListings, credentials, teams } from "@/drizzle/schema";
import { teamsOf, whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { byName, compareNames } from "@/lib/db/name-order";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { mostCounted } from "@/lib/text/count-of";
import { granteesIn, isInGroup } from "./listed";
import { ownersOfListed, serversOfListed } from "./listed-choices";
import type { ListChoice, TileGroups } from "./types";

/** More servers or owners than that are not listed to choose from. */
const mostChoices = 50;

/**
 * The groups of the actor's tiles, in one query. Counts only credentials that the actor sees, by the listings, which
 * change with the grants; beyond `mostCounted`, a count only says that there are more. With them come the servers of
 * the actor's credentials, to choose from, and their owners if wanted, the actor first, as “Me”.
 */
export async function countTileGroups(
  db: Db,
  actor: Actor,
  { withOwners = false }: { withOwners?: boolean } = {},
): Promise<TileGroups> {
  const owners = sql`union all select 'owner', listed.id, listed.name, null
        from ${ownersOfListed(actor, mostChoices + 1)} as listed`;
  const rows = await rowsOf(
    db,
    sql`select 'mine' as kind, null::uuid as id, null as name, ${countOf(actor, "mine")} as count
      union all select 'shared', null, null, ${countOf(actor, "shared")}
      union all select 'server', listed.id, listed.name, null
        from ${serversOfListed(actor, mostChoices + 1)} as listed
      ${withOwners ? owners : sql``}
      union all select 'team', ${teams.id}, ${teams.name}, counted.count
        from ${teams} cross join lateral ${countedOf(sql`array[${teams.id}]`)} as counted
        where ${teams.id} = any(${teamsOf(actor.userId)})`,
  );
  const numberOf = (kind: "mine" | "shared") => Number(rows.find((row) => row.kind === kind)?.count ?? 0);
  const [mine, shared] = [numberOf("mine"), numberOf("shared")];
  const ofTeams = rows
    .filter(({ kind }) => kind === "team")
    .map(({ id, name, count }) => ({ id: String(id), name: String(name), count: Number(count) }));
  return {
    all: Math.min(mine + shared, mostCounted + 1),
    mine,
    shared,
    servers: choicesIn(rows, "server"),
    owners: withMeFirst(choicesIn(rows, "owner"), actor),
    teams: ofTeams.filter(({ count }) => count > 0).sort((one, other) => compareNames(one.name, other.name)),
  };
}

function choicesIn(
  rows: readonly Record<string, unknown>[],
  kind: "server" | "owner",
): readonly ListChoice[] | null {
  const choices = rows
    .filter((row) => row.kind === kind)
    .map(({ id, name }) => ({ id: String(id), name: String(name) }));
  if (choices.length > mostChoices) return null;
  return choices.sort((one, other) => compareNames(one.name, other.name));
}

function withMeFirst(owners: TileGroups["owners"], actor: Actor): TileGroups["owners"] {
  if (!owners?.some(({ id }) => id === actor.userId)) return owners;
  return [{ id: actor.userId, name: "Me" }, ...owners.filter(({ id }) => id !== actor.userId)];
}

function countOf(actor: Actor, kind: "mine" | "shared"): SQL {
  return countedOf(granteesIn(actor, { kind }), isInGroup(actor, { kind }));
}

// Each grantee gives one more than is counted at most, so that the limit holds for all of them together.
function countedOf(grantees: SQL, condition?: SQL): SQL {
  const { granteeId, credentialId } = credentialListings;
  const isCounted = and(eq(granteeId, sql`grantees.id`), condition);
  return sql`(select least(count(distinct counted.id), ${mostCounted + 1}) as count
    from unnest(${grantees}) as grantees (id) cross join lateral (
      select ${credentialId} as id from ${credentialListings} where ${isCounted} limit ${sql.raw(String(mostCounted + 1))}
    ) as counted)`;
}

/** The names of the actor's teams through which a credential of the query is shared, the first three. */
export function teamsLeadingTo(actor: Actor): SQL<string[]> {
  return whole(sql<string[]>`array(
    select ${teams.name} from ${credentialGrants} join ${teams} on ${teams.id} = ${credentialGrants.teamId}
    where ${credentialGrants.credentialId} = ${credentials.id} and ${credentialGrants.endedAt} is null
      and ${credentialGrants.teamId} = any(${teamsOf(actor.userId)})
    order by ${byName(teams.name)}, ${teams.id} limit 3)`);
}
