import { and, desc, eq, sql } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { credentialGrants, credentials, endpoints, servers, teamMembers, users } from "@/drizzle/schema";
import { inListedOrder, listedKey, listedKeyOf, type SearchBounds } from "@/lib/access/listings";
import type { Actor } from "@/lib/actor";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { type PageStart, readPage } from "@/lib/paging";
import { somebody } from "@/lib/testing/actors";
import { aCredential, ownerOfCredentials } from "@/lib/testing/credentials";
import { withRollback } from "@/lib/testing/database";
import { readBothWays } from "@/lib/testing/pages";
import { everySearchBounds, searchTextDifferences } from "@/lib/testing/searches";
import { aTeam, grantCredential } from "@/lib/testing/sharing";
import { visibleIds } from "@/lib/testing/visible-credentials";
import { mostCounted } from "@/lib/text/count-of";
import { type ListedCredentials, listedFor, orderOf } from "./listed";
import { addCredential } from "./mutations";
import { listCredentials } from "./queries";
import { credentialFilterSchema, type TileGroup } from "./schema";
import { countTileGroups } from "./tile-groups";
import { credentialSorts, shownStatuses } from "./types";
import { isVisibleTo } from "./visibility";

const counts = { users: 3, teams: 2, credentials: 6 };

/** One change of the kind `what`, to one of the portal's credentials, users and teams. */
type Change = { what: keyof typeof changes; at: number; user: number; team: number };

type Portal = { db: Db; actors: Actor[]; teamIds: string[]; ids: string[]; serverIds: string[] };

const instants = ["2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.002Z"].map((at) => new Date(at));
const verdicts = ["verified", "rejected", "nothing", "locked", "restricted"] as const;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const ends = [null, inDays(-3), inDays(12)];
const longText = `${"long ".repeat(150)}end of a long text`;

/** Everything that changes who sees a credential, or what a list is narrowed down by. */
const changes = {
  grantUser: ({ db }, { id, actor }) => grant(db, id, { userId: actor.userId }),
  grantTeam: ({ db }, { id, teamId }) => grant(db, id, { teamId }),
  endGrants: ({ db }, { id }) =>
    db.update(credentialGrants).set({ endedAt: sql`now()` }).where(eq(credentialGrants.credentialId, id)),
  deleteGrants: ({ db }, { id }) => db.delete(credentialGrants).where(eq(credentialGrants.credentialId, id)),
  leave: ({ db }, { teamId, actor }) =>
    db
      .update(teamMembers)
      .set({ endedAt: sql`now()` })
      .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, actor.userId))),
  join: ({ db }, { teamId, actor }) =>
    db.insert(teamMembers).values({ teamId, userId: actor.userId, role: "member" }).onConflictDoNothing(),
  handOver: ({ db }, { id, actor }) => set(db, id, { ownerId: actor.userId }),
  move: ({ db }, { id, user }) => set(db, id, { createdAt: instants[user] ?? new Date() }),
  describe: ({ db }, { id, user }) =>
    set(db, id, { description: ["", "An İnvoice 100%", longText][user] ?? "" }),
  rename: ({ db }, { id, user, at }) =>
    set(db, id, { name: `${["name", "Ärger", "An ampersand"][user]} ${at}` }),
  tag: ({ db }, { id, user }) => set(db, id, { tags: [[], ["Prod", "EU west"], ["prod_eu"]][user] ?? [] }),
  replaceSecret: ({ db }, { id }) => set(db, id, { secretVersion: sql`${credentials.secretVersion} + 1` }),
  check: ({ db }, { id, user, team }) =>
    db.execute(sql`insert into checks (credential_id, secret_version, verdict, record, checked_at)
      select id, secret_version, ${verdicts[user + team]}, '{}', clock_timestamp() from credentials where id = ${id}`),
  checkOfKey: ({ db }, { id, user }) =>
    db.execute(sql`insert into checks (credential_id, secret_version, verdict, record, checked_at)
      select id, secret_version, 'verified', jsonb_build_object('details', jsonb_build_object('keyEndsAt',
        ${ends[user] ?? null}::text)), clock_timestamp() from credentials where id = ${id}`),
  enterEnd: ({ db }, { id, user }) => set(db, id, { keyExpiresOn: ends[user]?.slice(0, 10) ?? null }),
  unreach: ({ db }, { user }) => db.update(servers).set({ unreachableSince: user === 0 ? null : new Date() }),
  disable: ({ db }, { actor }) =>
    db.update(users).set({ disabledAt: sql`now()` }).where(eq(users.id, actor.userId)),
  enable: ({ db }, { actor }) => db.update(users).set({ disabledAt: null }).where(eq(users.id, actor.userId)),
  moveToServer: ({ db, serverIds }, { id, user }) => set(db, id, { serverId: serverIds[user % 2] ?? "" }),
  use: ({ db }, { id }) =>
    db.execute(sql`insert into endpoints (id, direction, connector, owner_id, credential_id, name)
      select gen_random_uuid(), 'source', kind, owner_id, id, gen_random_uuid()::text from credentials where id = ${id}`),
  // Ninety days ago counts still, as a day does until its end.
  useByRun: ({ db }, { id, user }) =>
    set(db, id, { lastUsedAt: new Date(Date.now() - ([0, 90, 91][user] ?? 0) * 86_400_000) }),
  remove: async ({ db }, { id }) => {
    await db.delete(endpoints).where(eq(endpoints.credentialId, id));
    await db.delete(credentials).where(eq(credentials.id, id));
  },
} as const satisfies Record<
  string,
  (
    portal: Portal,
    of: { id: string; actor: Actor; teamId: string; user: number; team: number; at: number },
  ) => PromiseLike<unknown>
>;

const set = (db: Db, id: string, values: Parameters<ReturnType<Db["update"]>["set"]>[0]) =>
  db.update(credentials).set(values).where(eq(credentials.id, id));

async function grant(db: Db, id: string, grantee: { userId: string } | { teamId: string }) {
  await db.execute(sql`insert into credential_grants (credential_id, user_id, team_id, role, granted_by)
    select id, ${"userId" in grantee ? grantee.userId : null}::uuid, ${"teamId" in grantee ? grantee.teamId : null}::uuid,
      'collaborator', owner_id from credentials where id = ${id} on conflict do nothing`);
}

async function aPortal(db: Db): Promise<Portal> {
  const owner = await ownerOfCredentials(db);
  const actors = [owner, await somebody(db), await somebody(db)];
  const teamIds = [await aTeam(db, ...actors.slice(0, 2)), await aTeam(db, ...actors.slice(1))];
  const ids: string[] = [];
  for (let at = 0; at < counts.credentials; at += 1) {
    ids.push(
      await addCredential(db, actors[at % counts.users] ?? owner, aCredential({ name: `Name ${at}` })),
    );
  }
  // Long ago, so that each use matters.
  await db.update(credentials).set({ createdAt: instants[0] });
  const other = { kind: "bitbucket-server", baseUrl: "https://git.example.org/stash" } as const;
  await db.insert(servers).values(other);
  const known = await db.select({ id: servers.id }).from(servers).orderBy(desc(servers.baseUrl));
  return { db, actors, teamIds, ids, serverIds: known.map(({ id }) => id) };
}

async function apply(portal: Portal, { what, at, user, team }: Change): Promise<void> {
  const { actors, teamIds, ids } = portal;
  const [id, actor, teamId] = [ids[at] ?? "", actors[user], teamIds[team] ?? ""];
  if (actor) await changes[what](portal, { id, actor, teamId, user, team, at });
}

/** The whole list, page by page of two, as the listing gives it. */
function listedIds(
  db: Db,
  actor: Actor,
  wanted: ListedCredentials,
  bounds?: SearchBounds,
): Promise<string[]> {
  const order = orderOf(wanted.sort);
  const keyOf = ({ key }: { key: string }) => listedKeyOf(order, key);
  const read = (start: PageStart | null, limit: number) =>
    db
      .select({ id: credentials.id, key: listedKey(order) })
      .from(credentials)
      .innerJoin(listedFor(actor, wanted, { start, limit, bounds }), sql`listed.id = ${credentials.id}`)
      .where(isVisibleTo(actor))
      .orderBy(...inListedOrder(order, start));
  return readBothWays((start) => readPage({ start, size: 2, read, keyOf }, ({ id }) => id), wanted.sort);
}

const all: TileGroup = { kind: "all" };
const nobodysId = "00000000-0000-4000-8000-000000000000";

const everyList = ({ actors, teamIds, serverIds }: Portal): ListedCredentials[] => [
  { group: all },
  { group: all, kind: "bitbucket-server" },
  { group: { kind: "mine" } },
  { group: { kind: "shared" } },
  ...teamIds.map((teamId) => ({ group: { kind: "team", teamId } as const })),
  ...shownStatuses.map((status) => ({ group: all, status })),
  ...["name", "NAME 3", "iNVOICE 100%", "%", "_", "end of a LONG text", "bitbucket.example", "nowhere"].map(
    (q) => ({
      ...{ group: all, q },
    }),
  ),
  { group: { kind: "shared" }, status: "verified", q: "name" },
  ...[...serverIds, "EXAMPLE.org", "nowhere"].map((server) => ({ group: all, server })),
  { group: all, use: "unused" },
  ...[null, ...credentialSorts].map((sort) => ({ group: all, use: "idle" as const, sort })),
  ...[...actors.map(({ userId }) => userId), nobodysId, "ROBIN", "nobody's"].map((owner) => ({
    ...{ group: all, owner },
  })),
  { group: { kind: "shared" }, owner: actors[0]?.userId ?? "", sort: "name", use: "idle" },
  ...["prod", "eu WEST", "prod_eu", "west", "%"].map((tag) => ({ group: all, tag })),
  ...["#prod", "EU w"].map((q) => ({ group: all, q })),
  { group: { kind: "mine" }, use: "unused", server: "example", sort: "ending" },
  ...credentialSorts.flatMap((sort) => [
    { group: all, sort },
    { group: { kind: "shared" } as const, status: "verified" as const, q: "name", sort },
  ]),
];

/** The rows that the listing has too few or too many. */
function differences(db: Db) {
  const columns = sql.raw(
    "grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name, idle_since",
  );
  const [kept, source] = [
    sql`select ${columns} from credential_listings`,
    sql`select ${columns} from credential_listing_source`,
  ];
  return rowsOf(db, sql`(${kept} except ${source}) union all (${source} except ${kept})`);
}

const change: fc.Arbitrary<Change> = fc.record({
  what: fc.constantFrom(...(Object.keys(changes) as (keyof typeof changes)[])), // Object.keys loses the names' type.
  at: fc.nat(counts.credentials - 1),
  user: fc.nat(counts.users - 1),
  team: fc.nat(counts.teams - 1),
});

describe("the listing of credentials", () => {
  it("gives every list, page by page, exactly what the rule of visibility shows, whatever changed before", () =>
    fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 10, maxLength: 40 }), (made) =>
        withRollback(async (db) => {
          const portal = await aPortal(db);
          for (const one of made) await apply(portal, one);
          expect(await differences(db)).toEqual([]);
          expect(await searchTextDifferences(db, "credential")).toEqual([]);
          for (const actor of portal.actors) {
            for (const wanted of everyList(portal)) {
              const visible = await visibleIds(db, actor, wanted);
              for (const bounds of wanted.q || wanted.tag ? everySearchBounds : [undefined]) {
                const said = JSON.stringify({ wanted, bounds });
                expect(await listedIds(db, actor, wanted, bounds), said).toEqual(visible);
              }
            }
          }
        }),
      ),
      { numRuns: 8 },
    ));

  it("gives no right: a row in it without a grant shows nothing", () =>
    withRollback(async (db) => {
      const [owner, other] = [await ownerOfCredentials(db), await somebody(db)];
      const id = await addCredential(db, owner, aCredential());
      await db.execute(sql`insert into credential_listings
        (grantee_id, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name, idle_since)
        select ${other.userId}, created_at, credential_id, owner_id, kind, status, search, is_cut, ends_at, server_id, name,
          idle_since
        from credential_listings`);
      expect((await listCredentials(db, other, credentialFilterSchema.parse({}), null)).items).toEqual([]);
      expect((await listCredentials(db, owner, credentialFilterSchema.parse({}), null)).items).toMatchObject([
        { id },
      ]);
    }));

  it("finds the end of the longest description, in characters of four bytes that no compression makes shorter", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const symbols = Array.from({ length: 997 }, (_, at) =>
        String.fromCodePoint(0x20000 + ((at * 7919) % 40_000)),
      );
      await addCredential(db, owner, aCredential({ description: `${symbols.join("")}End` }));
      const found = await listCredentials(db, owner, credentialFilterSchema.parse({ q: "END" }), null);
      expect(found.items).toHaveLength(1);
    }));

  it("counts a group no further than a thousand, and says that there are more", () =>
    withRollback(async (db) => {
      const owner = await ownerOfCredentials(db);
      const id = await addCredential(db, owner, aCredential());
      const teamId = await aTeam(db, owner);
      await db.execute(sql`insert into credentials (id, owner_id, server_id, name, method)
        select gen_random_uuid(), owner_id, server_id, 'Copy ' || n, method
        from credentials, generate_series(1, ${mostCounted - 1}) as n where id = ${id}`);
      await db.execute(sql`insert into credential_grants (credential_id, team_id, role, granted_by)
        select id, ${teamId}, 'collaborator', owner_id from credentials`);
      const full = { all: mostCounted, mine: mostCounted, shared: 0, teams: [{ count: mostCounted }] };
      expect(await countTileGroups(db, owner)).toMatchObject(full);
      await grantCredential(
        db,
        owner,
        await addCredential(db, owner, aCredential({ name: "One more" })),
        { teamId },
        "collaborator",
      );
      const over = {
        all: mostCounted + 1,
        mine: mostCounted + 1,
        shared: 0,
        teams: [{ count: mostCounted + 1 }],
      };
      expect(await countTileGroups(db, owner)).toMatchObject(over);
    }));
});
