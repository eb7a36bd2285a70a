import "server-only";
import { and, count, eq, isNull, type SQL, sql } from "drizzle-orm";
import { credentialGrants, credentials, teamMembers, teams } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import type { Actor } from "@/lib/actor";
import { byName, compareNames } from "@/lib/db/name-order";
import type { Db } from "@/lib/db/types";
import type { TileGroup } from "./schema";
import type { TileGroups } from "./types";
import { visibleTo } from "./visibility";

/** The groups of the actor's tiles, in one query. Counts only credentials that the actor sees. */
export async function countTileGroups(db: Db, actor: Actor): Promise<TileGroups> {
  const visible = db
    .select({
      teamId: sql<string | null>`null::uuid`.as("team_id"),
      name: sql<string | null>`null`.as("name"),
      isMine: sql<boolean>`${credentials.ownerId} = ${actor.userId}`.as("is_mine"),
      count: count().as("count"),
    })
    .from(credentials)
    .where(visibleTo(actor))
    .groupBy(sql`3`);
  const byTeam = db
    .select({
      teamId: sql<string | null>`${teams.id}`.as("team_id"),
      name: sql<string | null>`${teams.name}`.as("name"),
      isMine: sql<boolean>`false`.as("is_mine"),
      count: count().as("count"),
    })
    .from(credentialGrants)
    .innerJoin(teams, eq(teams.id, credentialGrants.teamId))
    .where(and(isNull(credentialGrants.endedAt), sql`${teams.id} in ${teamsOf(actor)}`))
    .groupBy(teams.id);
  const rows = await visible.unionAll(byTeam);
  const ofTeams = rows.flatMap(({ teamId: id, name, count: n }) =>
    id !== null && name !== null ? [{ id, name, count: n }] : [],
  );
  const own = (isMine: boolean) =>
    rows.find((row) => row.teamId === null && row.isMine === isMine)?.count ?? 0;
  const [mine, shared] = [own(true), own(false)];
  return {
    all: mine + shared,
    mine,
    shared,
    teams: ofTeams.sort((one, other) => compareNames(one.name, other.name)),
  };
}

/** The condition for a group of tiles; undefined for all. */
export function inGroup(actor: Actor, group: TileGroup): SQL | undefined {
  if (group.kind === "all") return undefined;
  if (group.kind === "mine") return sql`${credentials.ownerId} = ${actor.userId}`;
  if (group.kind === "shared") return sql`${credentials.ownerId} <> ${actor.userId}`;
  // A team's group includes the actor's own credentials that were shared with it. A team the actor is not in has none.
  return sql`${credentials.id} in (
    select ${credentialGrants.credentialId} from ${credentialGrants}
    where ${credentialGrants.teamId} = ${group.teamId} and ${credentialGrants.endedAt} is null
      and ${credentialGrants.teamId} in ${teamsOf(actor)})`;
}

/** The names of the actor's teams through which a credential of the query is shared, the first three. */
export function teamsLeadingTo(actor: Actor): SQL<string[]> {
  return whole(sql<string[]>`array(
    select ${teams.name} from ${credentialGrants} join ${teams} on ${teams.id} = ${credentialGrants.teamId}
    where ${credentialGrants.credentialId} = ${credentials.id} and ${credentialGrants.endedAt} is null
      and ${credentialGrants.teamId} in ${teamsOf(actor)}
    order by ${byName(teams.name)}, ${teams.id} limit 3)`);
}

// The ids of the actor's current teams.
function teamsOf(actor: Actor): SQL {
  return sql`(
    select ${teamMembers.teamId} from ${teamMembers}
    where ${teamMembers.userId} = ${actor.userId} and ${teamMembers.endedAt} is null)`;
}
