import { and, asc, desc, eq, inArray, ne, or, type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endpointGrants, endpoints, runStates, runs, teamMembers } from "@/drizzle/schema";
import { whole } from "@/lib/access/grants";
import { inListedOrder, listedKey, listedKeyOf, type SearchBounds } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { contains } from "@/lib/db/contains";
import { byName } from "@/lib/db/name-order";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { type PageStart, readPage } from "@/lib/paging";
import type { Direction } from "@/lib/paths";
import { listRunsToTell } from "@/lib/runs/latest";
import { somebody } from "@/lib/testing/actors";
import { withRollback } from "@/lib/testing/database";
import { readBothWays } from "@/lib/testing/pages";
import { everySearchBounds, searchTextDifferences } from "@/lib/testing/searches";
import { aTeam } from "@/lib/testing/sharing";
import { listedEndpoints, orderOf } from "./listed";
import { listEndpoints } from "./queries";
import { type EndpointSort, endpointSorts } from "./types";
import { isVisibleTo, visibleTo } from "./visibility";

const counts = { users: 3, teams: 2, endpoints: 6 };

type Change = { what: keyof typeof changes; at: number; user: number; team: number };
type Portal = { db: Db; actors: Actor[]; teamIds: string[]; ids: string[] };
type Of = { id: string; actor: Actor; teamId: string; user: number; at: number };

const begun = Date.parse("2026-01-01T00:00:00.000Z");

const longText = `${"long ".repeat(150)}end of a long text`;

/** Everything that changes who sees an endpoint, what finds it, or whether it is to tend. */
const changes = {
  grantUser: ({ db }, { id, actor }) => grant(db, id, { userId: actor.userId }),
  grantTeam: ({ db }, { id, teamId }) => grant(db, id, { teamId }),
  endGrants: ({ db }, { id }) =>
    db.update(endpointGrants).set({ endedAt: sql`now()` }).where(eq(endpointGrants.endpointId, id)),
  leave: ({ db }, { teamId, actor }) =>
    db
      .update(teamMembers)
      .set({ endedAt: sql`now()` })
      .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, actor.userId))),
  join: ({ db }, { teamId, actor }) =>
    db.insert(teamMembers).values({ teamId, userId: actor.userId, role: "member" }).onConflictDoNothing(),
  handOver: ({ db }, { id, actor }) =>
    db.update(endpoints).set({ ownerId: actor.userId }).where(eq(endpoints.id, id)),
  run: ({ db }, of) => addRun(db, of, "read"),
  dryRun: ({ db }, of) => addRun(db, of, "dry-run"),
  endRuns: ({ db }, { id, user }) =>
    db
      .update(runs)
      .set({ state: (["succeeded", "failed", "incomplete"] as const)[user] ?? "failed" })
      .where(eq(runs.endpointId, id)),
  // Each its own: an owner's names differ.
  rename: ({ db }, { id, user, at }) =>
    db
      .update(endpoints)
      .set({ name: `${["Name", "An İnvoice 100%", "Other"][user]} ${at}` })
      .where(eq(endpoints.id, id)),
  describe: ({ db }, { id, user }) =>
    db
      .update(endpoints)
      .set({ description: ["", "A name", longText][user] ?? "" })
      .where(eq(endpoints.id, id)),
  remove: ({ db }, { id }) => db.delete(endpoints).where(eq(endpoints.id, id)),
} as const satisfies Record<string, (portal: Portal, of: Of) => PromiseLike<unknown>>;

async function grant(db: Db, id: string, grantee: { userId?: string; teamId?: string }) {
  const { userId = null, teamId = null } = grantee;
  await db.execute(sql`insert into endpoint_grants (endpoint_id, user_id, team_id, role, granted_by)
    select id, ${userId}::uuid, ${teamId}::uuid, 'operator', owner_id from endpoints where id = ${id}
    on conflict do nothing`);
}

async function addRun(db: Db, { id, user, at }: Of, kind: "read" | "dry-run") {
  const state = runStates[3 + user] ?? "failed";
  await db.execute(sql`insert into runs (id, endpoint_id, pass_id, mode, trigger, kind, state, created_at)
    select gen_random_uuid(), id, id, 'all', 'user', ${kind}, ${state}, ${new Date(begun + at).toISOString()}::timestamptz
    from endpoints where id = ${id}`);
}

async function aPortal(db: Db): Promise<Portal> {
  const actors = [await somebody(db), await somebody(db), await somebody(db)];
  const teamIds = [await aTeam(db, ...actors.slice(0, 2)), await aTeam(db, ...actors.slice(1))];
  const ids: string[] = [];
  for (let at = 0; at < counts.endpoints; at += 1) {
    const id = crypto.randomUUID();
    const ownerId = actors[at % counts.users]?.userId ?? "";
    const direction = at < 2 ? "destination" : "source";
    const createdAt = new Date(begun + (at % 2));
    await db
      .insert(endpoints)
      .values({ id, ownerId, direction, createdAt, connector: "bitbucket-server", name: `Name ${at}` });
    ids.push(id);
  }
  return { db, actors, teamIds, ids };
}

async function apply(portal: Portal, { what, at, user, team }: Change): Promise<void> {
  const { actors, teamIds, ids } = portal;
  const [id, actor, teamId] = [ids[at] ?? "", actors[user], teamIds[team] ?? ""];
  if (actor) await changes[what](portal, { id, actor, teamId, user, at });
}

type Wanted = { direction: Direction; q: string; sort: EndpointSort };

const everyList: Wanted[] = (["source", "destination"] as const).flatMap((direction) =>
  ["", "name", "NAME 3", "iNVOICE 100%", "%", "_", "end of a LONG text", "nowhere"].flatMap((q) =>
    [null, ...endpointSorts].map((sort) => ({ direction, q, sort })),
  ),
);

/** The whole list, page by page of two, as the listing gives it. */
function listedIds(db: Db, actor: Actor, wanted: Wanted, bounds?: SearchBounds): Promise<string[]> {
  const order = orderOf(wanted.sort);
  const keyOf = ({ key }: { key: string }) => listedKeyOf(order, key);
  const read = (start: PageStart | null, limit: number) =>
    db
      .select({ id: endpoints.id, key: listedKey(order) })
      .from(endpoints)
      .innerJoin(listedEndpoints(actor, wanted, { start, limit, bounds }), sql`listed.id = ${endpoints.id}`)
      .where(isVisibleTo(actor))
      .orderBy(...inListedOrder(order, start));
  return readBothWays((start) => readPage({ start, size: 2, read, keyOf }, ({ id }) => id), wanted.sort);
}

/** The same list by the rule of visibility. */
async function visibleIds(db: Db, actor: Actor, { direction, q, sort }: Wanted): Promise<string[]> {
  const isFound = q ? or(contains(endpoints.name, q), contains(endpoints.description, q)) : undefined;
  const rows = await db
    .select({ id: endpoints.id })
    .from(endpoints)
    .where(and(visibleTo(actor), eq(endpoints.direction, direction), isFound))
    .orderBy(...inOrder(sort));
  return rows.map(({ id }) => id);
}

function inOrder(sort: EndpointSort): SQL[] {
  if (sort === "name") return [byName(endpoints.name), asc(endpoints.id)];
  const lastRunAt = whole(sql`(select max(runs.created_at) from runs
    where runs.endpoint_id = ${endpoints.id} and runs.kind <> 'dry-run')`);
  if (sort === "run") return [sql`${lastRunAt} desc nulls last`, desc(endpoints.id)];
  return [desc(endpoints.createdAt), desc(endpoints.id)];
}

/** What is to tend by the rule of visibility and the runs themselves. */
async function idsToTend(db: Db, actor: Actor): Promise<string[]> {
  const newest = db
    .selectDistinctOn([runs.endpointId], { of: runs.endpointId, state: runs.state, at: runs.createdAt })
    .from(runs)
    .where(ne(runs.kind, "dry-run"))
    .orderBy(runs.endpointId, desc(runs.createdAt), desc(runs.id))
    .as("newest");
  const rows = await db
    .select({ id: endpoints.id })
    .from(endpoints)
    .innerJoin(newest, eq(newest.of, endpoints.id))
    .where(and(visibleTo(actor), inArray(newest.state, ["failed", "incomplete"])))
    .orderBy(desc(newest.at), desc(endpoints.id));
  return rows.map(({ id }) => id);
}

/** The rows that the listing has too few or too many. */
function differences(db: Db) {
  const columns = sql.raw(
    "grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name",
  );
  const kept = sql`select ${columns} from endpoint_listings`;
  const source = sql`select ${columns} from endpoint_listing_source`;
  return rowsOf(db, sql`(${kept} except ${source}) union all (${source} except ${kept})`);
}

const change: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])), // Object.keys loses the names' type.
  at: fc.nat(counts.endpoints - 1),
  user: fc.nat(counts.users - 1),
  team: fc.nat(counts.teams - 1),
});

describe("the listing of sources and destinations", () => {
  it("gives every list, page by page, exactly what the rule of visibility shows, whatever changed before", () =>
    fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 10, maxLength: 40 }), (made) =>
        withRollback(async (db) => {
          const portal = await aPortal(db);
          for (const one of made) await apply(portal, one);
          expect(await differences(db)).toEqual([]);
          expect(await searchTextDifferences(db, "endpoint")).toEqual([]);
          for (const actor of portal.actors) {
            for (const wanted of everyList) {
              const visible = await visibleIds(db, actor, wanted);
              for (const bounds of wanted.q ? everySearchBounds : [undefined]) {
                const said = JSON.stringify({ wanted, bounds });
                expect(await listedIds(db, actor, wanted, bounds), said).toEqual(visible);
              }
            }
            const { toTend } = await listRunsToTell(db, actor, 5);
            const expected = await idsToTend(db, actor);
            expect(toTend.map(({ id }) => id)).toEqual(expected.slice(0, 5));
          }
        }),
      ),
      { numRuns: 8 },
    ));

  it("has what is to tend from the end of a run that failed to the request of the next one", () =>
    withRollback(async (db) => {
      const { actors, ids } = await aPortal(db);
      const [owner, endpointId] = [actors[0], ids[0]];
      if (!owner || !endpointId) throw new Error("the portal is empty");
      const request = async (createdAt: Date) => {
        const id = crypto.randomUUID();
        const run = { id, endpointId, createdAt, passId: id, mode: "all", trigger: "user" } as const;
        await db.insert(runs).values(run);
        return eq(runs.id, id);
      };
      const isToTend = async () => (await listRunsToTell(db, owner, 5)).toTend.length === 1;
      const isFirst = await request(new Date(begun));
      expect(await isToTend()).toBe(false);
      await db.update(runs).set({ state: "failed" }).where(isFirst);
      expect(await isToTend()).toBe(true);
      const isSecond = await request(new Date(begun + 1));
      expect(await isToTend()).toBe(false);
      await db.update(runs).set({ state: "incomplete" }).where(isSecond);
      expect(await isToTend()).toBe(true);
    }));

  it("gives no right: a row in it without a grant shows nothing", () =>
    withRollback(async (db) => {
      const { actors } = await aPortal(db);
      const other = await somebody(db);
      await db.execute(sql`insert into endpoint_listings
        (grantee_id, created_at, endpoint_id, direction, to_tend_since, search, is_cut, last_run_at, name)
        select ${other.userId}, created_at, endpoint_id, direction, created_at, search, is_cut, created_at, name
        from endpoint_listings`);
      expect((await listEndpoints(db, other, "source", null)).items).toEqual([]);
      expect(await listRunsToTell(db, other, 5)).toEqual({ toTend: [], recent: [] });
      for (const actor of actors) {
        expect((await listEndpoints(db, actor, "source", null)).items).not.toEqual([]);
      }
    }));
});
