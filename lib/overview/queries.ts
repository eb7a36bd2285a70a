import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import {
  credentialGrants,
  credentialListings,
  credentials,
  endpointGrants,
  endpointListings,
  endpoints,
  users,
} from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import { firstListed, granteesOf } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { countInNeed, listedInNeed } from "@/lib/credentials/listed-needs";
import { selectTiles, tileOf } from "@/lib/credentials/tile-rows";
import { isVisibleTo } from "@/lib/credentials/visibility";
import { preparedOnce } from "@/lib/db/prepared";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { countToTend, firstThatRan, listedEndpoints } from "@/lib/endpoints/listed";
import { lostLately } from "@/lib/endpoints/lost";
import type { Direction } from "@/lib/paths";
import {
  type FirstSteps,
  mostNeedsCounted,
  type NeedCounts,
  type StepDone,
  type ToldCredential,
} from "./types";

/** The soonest ends of keys within 90 days that the start page reads. */
export const mostEnds = 60;

/**
 * The credentials that the actor sees and that need somebody, `mostNeeds` of each kind, with those whose key ends within
 * 90 days. Suspended ones are left out: only a portal administrator can help them.
 */
export async function listToldCredentials(
  db: Db,
  actor: Actor,
  mostNeeds: number,
): Promise<ToldCredential[]> {
  const rows = await selectTiles(db, actor)
    .innerJoin(listedInNeed(actor, { needs: mostNeeds, ends: mostEnds }), sql`listed.id = ${credentials.id}`)
    .where(isVisibleTo(actor));
  return rows.map((row) => {
    const { id, name, role, ownerName, status, isSuspended, checkedAt, keyEndsAt } = tileOf(row);
    return { id, name, role, ownerName, status, isSuspended, checkedAt, keyEndsAt };
  });
}

// The menu of every page shows them.
const needCounts = preparedOnce((db) => {
  const [userId, most] = [sql`${sql.placeholder("userId")}`, mostNeedsCounted + 1];
  const counts = {
    ...countInNeed(userId, most),
    sources: countToTend(userId, "source", { most, except: sql`lost.ids` }),
    destinations: countToTend(userId, "destination", { most, except: sql`lost.ids` }),
  };
  const lost = sql`lateral (select coalesce(array_agg(id), '{}') as ids,
      (count(*) filter (where direction = 'source'))::int as sources,
      (count(*) filter (where direction = 'destination'))::int as destinations
    from ${lostLately(userId, most)} as lately) as lost`;
  return db
    .select({
      rejected: whole(counts.rejected),
      locked: whole(counts.locked),
      ended: whole(counts.ended),
      endsSoon: whole(counts.endsSoon),
      sources: whole(counts.sources),
      destinations: whole(counts.destinations),
      stoppedSources: sql<number>`lost.sources`,
      stoppedDestinations: sql<number>`lost.destinations`,
    })
    .from(users)
    .innerJoin(lost, sql`true`)
    .where(eq(users.id, userId))
    .prepare("need_counts");
});

/** How much needs the actor, in one statement that reads indexes alone: listings, which change with the grants. */
export async function readNeedCounts(db: Db, actor: Actor): Promise<NeedCounts> {
  const [counts] = await needCounts(db).execute({ userId: actor.userId });
  if (!counts) throw new Error("the actor has no account");
  return counts;
}

const stepsSchema = z.object({
  own_credential: z.boolean(),
  sees_credential: z.boolean(),
  own_endpoint: z.boolean(),
  sees_endpoint: z.boolean(),
  own_run: z.boolean(),
  sees_run: z.boolean(),
  shares: z.boolean(),
});

/** Which first steps are done and by whom, in one statement. It knows only what the actor sees. */
export async function readFirstSteps(db: Db, actor: Actor): Promise<FirstSteps> {
  const sees = (direction: Direction) =>
    sql`exists (select 1 from ${listedEndpoints(actor, { direction }, { limit: 1 })})`;
  const shares = [credentialGrants, endpointGrants].map((grants) => hasShared(actor, grants));
  const [row] = await rowsOf(
    db,
    sql`select exists (select 1 from ${firstOwnCredential(actor)} as first) as own_credential,
      exists (select 1 from ${firstVisible(actor)} as first) as sees_credential,
      exists (select 1 from ${ownEndpoints(actor, 1)} as first) as own_endpoint,
      (${sees("source")} or ${sees("destination")}) as sees_endpoint,
      ${hasOwnRun(actor)} as own_run,
      exists (select 1 from ${firstThatRan(actor, 1)} as first) as sees_run,
      (${sql.join(shares, sql` or `)}) as shares`,
  );
  const done = stepsSchema.parse(row);
  return {
    credential: stepOf(done.own_credential, done.sees_credential),
    endpoint: stepOf(done.own_endpoint, done.sees_endpoint),
    run: stepOf(done.own_run, !done.own_endpoint && done.sees_run),
    share: stepOf(done.shares, false),
  };
}

// The first who shared from the actor on, in the order of the index: for `exists`, a plan for all users may read all grants.
function hasShared(actor: Actor, grants: typeof credentialGrants | typeof endpointGrants): SQL {
  return sql`coalesce((select ${grants.grantedBy} from ${grants} where ${grants.grantedBy} >= ${actor.userId}
    order by ${grants.grantedBy} limit 1) = ${actor.userId}, false)`;
}

function stepOf(isOwn: boolean, isOthers: boolean): StepDone {
  if (isOwn) return "own";
  return isOthers ? "shared" : null;
}

function firstVisible(actor: Actor): SQL {
  const { credentialId, createdAt } = credentialListings;
  return firstListed({
    ...{ listing: credentialListings, id: credentialId, order: { by: createdAt, is: "instant" } },
    ...{ grantees: granteesOf(actor.userId), where: undefined, limit: 1 },
  });
}

// In the orders of indexes, so that the planner reads no other user's rows. Inside of `exists` it would drop the order.
function firstOwnCredential(actor: Actor): SQL {
  const { granteeId, ownerId, createdAt } = credentialListings;
  return sql`(select 1 from ${credentialListings} where ${granteeId} = ${actor.userId}
    and ${ownerId} = ${actor.userId} order by ${createdAt} desc limit 1)`;
}

function ownEndpoints(actor: Actor, limit: number): SQL {
  const { id, ownerId, direction, createdAt } = endpoints;
  return sql`(select ${id} as id from ${endpoints} where ${ownerId} = ${actor.userId}
    order by ${direction} desc, ${createdAt} desc, ${id} desc limit ${limit})`;
}

/** The newest own sources, of which one may have run. */
const mostOwnRead = 50;

function hasOwnRun(actor: Actor): SQL {
  const { endpointId, granteeId, lastRunAt } = endpointListings;
  return sql`exists (select 1 from ${ownEndpoints(actor, mostOwnRead)} as own
    join ${endpointListings} on ${endpointId} = own.id and ${granteeId} = ${actor.userId}
    where ${lastRunAt} is not null)`;
}
