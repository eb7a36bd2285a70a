import "server-only";
import { type SQL, sql } from "drizzle-orm";
import { credentialGrants, credentials, endpointGrants, endpoints, teamMembers } from "@/drizzle/schema";
import type { Actor } from "@/lib/actor";
import { byName } from "@/lib/db/name-order";
import { rowsOf } from "@/lib/db/rows";
import type { Db, Tx } from "@/lib/db/types";
import { AppError } from "@/lib/errors";
import { maySignIn, wouldStop } from "./may-run";
import type { NamedStops, StoppingEndpoint } from "./types";
import { isVisibleTo, seenBy } from "./visibility";

const namesShown = 5;

/**
 * What would stop if a user's account was disabled: their sources and destinations, and those of others that use a
 * credential of theirs. Null for nothing. The caller has seen that the actor may disable the account.
 */
export async function stopsOfAccount(db: Db | Tx, actor: Actor, userId: string): Promise<NamedStops | null> {
  const concerned = sql`select ${endpoints.id} from ${endpoints} where ${endpoints.ownerId} = ${userId}
    union select ${endpoints.id} from ${endpoints} where ${endpoints.credentialId} in (
      select ${credentials.id} from ${credentials} where ${credentials.ownerId} = ${userId})`;
  const stops = wouldStop({ kind: "account", userId });
  const rows = await findStops(db, actor, { concerned, stops, per: "all" });
  return rows.get("") ?? null;
}

/**
 * What would stop if its users lost their access through a team, by the owner's id: that is what stops if this member
 * alone leaves. Members for whom nothing stops are left out. The caller has seen that the actor may know it.
 */
export function stopsOfTeam(db: Db | Tx, actor: Actor, teamId: string): Promise<Map<string, NamedStops>> {
  const stops = wouldStop({ kind: "team", teamId });
  return findStops(db, actor, { concerned: usersOf(teamId), stops, per: "owner" });
}

/** What would have nothing to write without a source: the destinations that write its records. Null for nothing. */
export async function stopsWithoutSource(
  db: Db | Tx,
  actor: Actor,
  sourceId: string,
): Promise<NamedStops | null> {
  const rows = await findStops(db, actor, {
    ...{ concerned: followersOf(actor, sourceId), stops: maySignIn(), per: "all" },
  });
  return rows.get("") ?? null;
}

/**
 * What would not run any more while a source is paused: the active destinations that run after each run of it. Null for
 * nothing, and if they are all the actor's own.
 */
export async function stopsOfPause(db: Db | Tx, actor: Actor, sourceId: string): Promise<NamedStops | null> {
  const concerned = sql`${followersOf(actor, sourceId)} and ${endpoints.pausedAt} is null
    and ${endpoints.schedule} ->> 'kind' = 'after-source'`;
  const all = await findStops(db, actor, { concerned, stops: maySignIn(), per: "owner" });
  if (![...all.keys()].some((ownerId) => ownerId !== actor.userId)) return null;
  return [...all.values()].reduce((one, other) => ({
    sources: one.sources + other.sources,
    destinations: one.destinations + other.destinations,
    users: one.users + other.users,
    shown: [...one.shown, ...other.shown].slice(0, namesShown),
  }));
}

/** CONFLICT if more would stop now than the page said. Without a number nothing was asked, such as by another program. */
export function requireSeen(stops: NamedStops | null, seen: number | undefined, button: string): void {
  if (seen === undefined || !stops || stops.sources + stops.destinations <= seen) return;
  throw new AppError({
    code: "CONFLICT",
    message: `More would stop now than the page said. Press ${button} again to see what.`,
  });
}

// What a team's members use through it; each way by its index.
function usersOf(teamId: string): SQL {
  const isMembers = sql`${endpoints.ownerId} in (select ${teamMembers.userId} from ${teamMembers}
    where ${teamMembers.teamId} = ${teamId} and ${teamMembers.endedAt} is null)`;
  return sql`select ${endpoints.id} from ${endpoints} where ${isMembers} and ${endpoints.credentialId} in (
      select ${credentialGrants.credentialId} from ${credentialGrants}
      where ${credentialGrants.teamId} = ${teamId} and ${credentialGrants.endedAt} is null)
    union select ${endpoints.id} from ${endpoints} where ${isMembers} and ${endpoints.inputSourceId} in (
      select ${endpointGrants.endpointId} from ${endpointGrants}
      where ${endpointGrants.teamId} = ${teamId} and ${endpointGrants.endedAt} is null)`;
}

// Nothing for a source that the actor does not see.
function followersOf(actor: Actor, sourceId: string): SQL {
  return sql`select ${endpoints.id} from ${endpoints}
    where ${endpoints.inputSourceId} = ${sourceId} and ${seenBy(actor.userId, endpoints.inputSourceId)}`;
}

type Asked = {
  /** The ids to look at. */
  readonly concerned: SQL;
  /** True of those that would stop. */
  readonly stops: SQL;
  readonly per: "owner" | "all";
};

function findStops(
  db: Db | Tx,
  actor: Actor,
  { concerned, stops, per }: Asked,
): Promise<Map<string, NamedStops>> {
  return countAndName(
    db,
    sql`select ${per === "owner" ? sql`${endpoints.ownerId}::text` : sql`''`} as per, ${stoppingColumns(actor)}
      from ${endpoints} where ${endpoints.id} = any(array(${concerned})) and ${stops}`,
  );
}

/** The columns of a source or destination that `countAndName` reads beside `per`. */
export function stoppingColumns(actor: Actor): SQL {
  return sql`${endpoints.id} as id, ${endpoints.direction} as direction, ${endpoints.ownerId} as owner_id,
    ${endpoints.name} as name, ${isVisibleTo(actor)} as is_seen`;
}

/**
 * Counts what `stopping` selects, by its column `per`, in one statement. The first few that the actor may see are named;
 * of the others, only their number is told.
 */
export async function countAndName(db: Db | Tx, stopping: SQL): Promise<Map<string, NamedStops>> {
  const rows = await rowsOf(
    db,
    sql`with stopping as materialized (${stopping}),
      placed as (
        select *, row_number() over (partition by per, is_seen order by ${byName(sql`name`)}, id) as place from stopping)
      select per,
        count(*) filter (where direction = 'source')::int as sources,
        count(*) filter (where direction = 'destination')::int as destinations,
        count(distinct owner_id)::int as users,
        json_agg(json_build_object('id', id, 'direction', direction, 'name', name) order by place)
          filter (where is_seen and place <= ${namesShown}) as shown
      from placed group by per`,
  );
  return new Map(rows.map((row) => [String(row.per), stopsOf(row)]));
}

function stopsOf(row: Record<string, unknown>): NamedStops {
  // As the statement builds them.
  const shown = (row.shown ?? []) as readonly StoppingEndpoint[];
  const [sources, destinations, users] = [row.sources, row.destinations, row.users].map(Number);
  return { sources: sources ?? 0, destinations: destinations ?? 0, users: users ?? 0, shown };
}
