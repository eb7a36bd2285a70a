import "server-only";
import { eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { credentialGrants, credentialListings, credentials, endpointGrants, users } from "@/drizzle/schema";
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
import { lostLately } from "./lost";
import { type FirstSteps, mostNeedsCounted, type NeedCounts, type ToldCredential } from "./types";

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
  credential: z.boolean(),
  endpoint: z.boolean(),
  run: z.boolean(),
  shared: z.boolean(),
});

/** Which first steps are done, in one statement. It knows only what the actor sees. */
export async function readFirstSteps(db: Db, actor: Actor): Promise<FirstSteps> {
  const has = {
    credential: sql`exists (select 1 from ${firstVisible(actor)} as first)`,
    endpoint: sql`(exists (select 1 from ${listedEndpoints(actor, { direction: "source" }, { limit: 1 })})
      or exists (select 1 from ${listedEndpoints(actor, { direction: "destination" }, { limit: 1 })}))`,
    run: sql`exists (select 1 from ${firstThatRan(actor, 1)} as first)`,
  };
  // Both ways: a user with whom a team shares knows how it is done.
  const shares = [credentialGrants, endpointGrants].flatMap((grants) => [
    sql`exists (select 1 from ${grants} where ${grants.grantedBy} = ${actor.userId})`,
    sql`exists (${firstGrantTo(actor, grants)})`,
  ]);
  const [row] = await rowsOf(
    db,
    sql`select ${has.credential} as credential, ${has.endpoint} as endpoint, ${has.run} as run,
      (${sql.join(shares, sql` or `)}) as shared`,
  );
  return stepsSchema.parse(row);
}

function firstVisible(actor: Actor): SQL {
  const { credentialId, createdAt } = credentialListings;
  return firstListed({
    ...{ listing: credentialListings, id: credentialId, order: { by: createdAt, is: "instant" } },
    ...{ grantees: granteesOf(actor.userId), where: undefined, limit: 1 },
  });
}

// In the order of an index, so that the planner reads no other grantee's rows.
function firstGrantTo(actor: Actor, grants: typeof credentialGrants | typeof endpointGrants): SQL {
  const first = (grantee: SQL) => sql`(select 1 from ${grants} where ${grantee} = grantees.id
    and ${grants.endedAt} is null order by ${grants.grantedAt} desc limit 1)`;
  return sql`select 1 from unnest(${granteesOf(actor.userId)}) as grantees (id)
    cross join lateral (${first(sql`${grants.userId}`)} union all ${first(sql`${grants.teamId}`)}) as first`;
}
