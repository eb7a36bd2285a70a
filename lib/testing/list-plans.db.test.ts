import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/actor";
import { addCredential } from "@/lib/credentials/mutations";
import { findCredentialDetails, listCredentials } from "@/lib/credentials/queries";
import { credentialFilterSchema } from "@/lib/credentials/schema";
import { countTileGroups } from "@/lib/credentials/tile-groups";
import { credentialSorts } from "@/lib/credentials/types";
import { rowsOf } from "@/lib/db/rows";
import type { Db } from "@/lib/db/types";
import { addEndpoint } from "@/lib/endpoints/mutations";
import { listEndpoints } from "@/lib/endpoints/queries";
import { endpointSorts } from "@/lib/endpoints/types";
import { readFirstSteps, readNeedCounts } from "@/lib/overview/queries";
import { type Page, type PageStart, parseStart } from "@/lib/paging";
import { mostCounted } from "@/lib/text/count-of";
import { somebody } from "./actors";
import { aCredential } from "./credentials";
import { ownDatabase } from "./database";
import { type LoggedStatement, rowsReadBy } from "./plans";
import { fillSearchTexts } from "./searches";
import { aTeam } from "./sharing";
import { aRepositorySource } from "./sources";

/** What the reader sees of each kind through a team. */
const visible = 5_000;

const statements: LoggedStatement[] = [];
let db: Db;
let reader: Actor;
let lender: Actor;

beforeAll(async () => {
  db = await ownDatabase({ logQuery: (text, values) => statements.push({ text, values }) });
  const owner = await somebody(db);
  reader = await somebody(db);
  lender = await somebody(db);
  const teamId = await aTeam(db, reader);
  const credentialId = await addCredential(db, owner, aCredential());
  const endpointId = await addEndpoint(db, owner, {
    ...{ ...aRepositorySource, description: "", credentialId, name: "Source" },
  });
  await db.transaction(async (tx) => {
    // The triggers would do for each row what the last statements do once.
    await tx.execute(sql`set local session_replication_role = replica`);
    const at = sql`date_trunc('milliseconds', now()) - n * interval '1 hour'`;
    const numbers = sql`generate_series(1, ${visible}) as n`;
    // A hundredth is another user's, and of the older ones, a tenth is idle.
    await tx.execute(sql`insert into credentials
        (id, owner_id, server_id, name, method, created_at, key_expires_on, last_used_at)
      select md5('c' || n)::uuid, case when n % 100 = 0 then ${lender.userId} else owner_id end, server_id,
        'Copy ' || md5(n::text), method, ${at}, case when n % 3 = 0 then current_date + n end,
        case when n % 10 <> 0 then now() end
      from credentials, ${numbers} where id = ${credentialId}`);
    // Two of each secret.
    await tx.execute(sql`insert into credential_secrets (credential_id, version, sealed, data_key_id, fingerprint)
      select md5('c' || n)::uuid, version, sealed, data_key_id, md5('s' || n / 2)
      from credential_secrets, ${numbers} where credential_id = ${credentialId}`);
    await tx.execute(sql`insert into checks (credential_id, secret_version, verdict, record)
      select md5('c' || n)::uuid, 1, 'verified', '{}' from generate_series(200, 201) as n`);
    await tx.execute(sql`insert into credential_grants (credential_id, team_id, role, granted_by)
      select id, ${teamId}, 'collaborator', owner_id from credentials`);
    await tx.execute(sql`insert into endpoints (id, direction, connector, owner_id, credential_id, name, created_at)
      select md5('e' || n)::uuid, direction, connector, owner_id, credential_id, 'Copy ' || md5(n::text), ${at}
      from endpoints, ${numbers} where id = ${endpointId}`);
    await tx.execute(sql`insert into endpoint_grants (endpoint_id, team_id, role, granted_by)
      select id, ${teamId}, 'collaborator', owner_id from endpoints`);
    await tx.execute(sql`insert into runs (id, endpoint_id, pass_id, mode, trigger, state, created_at)
      select md5('r' || id)::uuid, id, id, 'all', 'user', 'succeeded', created_at from endpoints
      where ascii(md5(id::text)) % 2 = 0`);
    for (const kind of ["credential", "endpoint"] as const) {
      const [listings, source] = [`${kind}_listings`, `${kind}_listing_source`].map((name) => sql.raw(name));
      const columns = sql.raw((await columnsOf(tx, `${kind}_listings`)).join(", "));
      await tx.execute(sql`delete from ${listings}`);
      await tx.execute(sql`insert into ${listings} (${columns}) select ${columns} from ${source}`);
      await fillSearchTexts(tx, kind);
    }
  });
  // Vacuumed as well: else an index with all columns is not enough.
  await db.execute(sql`vacuum analyze`);
});

async function columnsOf(tx: Parameters<typeof rowsOf>[0], table: string): Promise<string[]> {
  const rows = await rowsOf(
    tx,
    sql`select column_name as name from information_schema.columns where table_name = ${table}`,
  );
  return rows.map(({ name }) => String(name));
}

/** The rows that the first, the second and, going back, the first page read. */
async function rowsOfPages(read: (start: PageStart | null) => Promise<Page<unknown>>, sort: string | null) {
  statements.splice(0);
  const first = await read(null);
  const second = await read(parseStart({ after: first.next ?? "" }, sort));
  const third = await read(parseStart({ after: second.next ?? "" }, sort));
  await read(parseStart({ before: third.previous ?? "" }, sort));
  const asked = statements.splice(0).filter(({ text }) => text.startsWith("select"));
  expect(asked).toHaveLength(4);
  return Promise.all(asked.map((statement) => rowsReadBy(db, statement)));
}

// The most is the capped count, for the reader and for the team: far less than all, so nothing sorts or reads all.
const counted = 2 * (mostCounted + 1);

const md5 = (n: number) => createHash("md5").update(String(n)).digest("hex");

// A text of all, of the newest one, of the oldest one, and of none.
const searches = [
  { of: "all", q: "copy", found: 50 },
  { of: "the newest one", q: md5(1), found: 1 },
  { of: "the oldest one", q: md5(visible).toUpperCase(), found: 1 },
  { of: "none", q: "no such text", found: 0 },
];

describe.each(searches)("a search for a text of $of", ({ q, found }) => {
  beforeEach(() => statements.splice(0));

  async function expectFew(read: Promise<Page<unknown>>) {
    expect((await read).items).toHaveLength(found);
    const [asked] = statements.splice(0);
    expect(asked && (await rowsReadBy(db, asked))).toBeLessThanOrEqual(counted);
  }

  it.each([null, ...credentialSorts])("among credentials by %s reads a bounded part", (sort) =>
    expectFew(listCredentials(db, reader, credentialFilterSchema.parse({ q, sort }), null)),
  );

  it.each([null, ...endpointSorts])("among sources by %s reads a bounded part", (sort) =>
    expectFew(listEndpoints(db, reader, "source", null, { q, sort })),
  );
});

describe.each([null, ...credentialSorts])("the list of credentials sorted by %s", (sort) => {
  it("reads and sorts no more than is counted, of all that is visible", async () => {
    const filter = credentialFilterSchema.parse({ sort });
    const read = await rowsOfPages((start) => listCredentials(db, reader, filter, start), sort);
    expect(Math.max(...read)).toBeLessThanOrEqual(counted);
  });
});

const filters = {
  idle: () => ({ use: "idle" }),
  owner: () => ({ owner: lender.userId }),
  "unknown owner": () => ({ owner: crypto.randomUUID() }),
} as const;

// Object.keys loses the names' type.
const filterNames = Object.keys(filters) as (keyof typeof filters)[];

describe.each(filterNames)("the list of credentials by %s", (name) => {
  it.each([null, ...credentialSorts])(
    "sorted by %s reads matches alone, and drops the rest in an index",
    async (sort) => {
      statements.splice(0);
      const filter = credentialFilterSchema.parse({ ...filters[name](), sort });
      const { total } = await listCredentials(db, reader, filter, null);
      expect(total).toBeLessThan(visible / 10);
      const [asked] = statements.splice(0);
      // What is joined to each row, and the small tables that are read for it.
      const most = 4 * Math.max(total ?? 0, 51);
      expect(asked && (await rowsReadBy(db, asked))).toBeLessThanOrEqual(most);
    },
  );
});

it("the owners and servers to choose from are found without their credentials", async () => {
  statements.splice(0);
  expect(await countTileGroups(db, reader, { withOwners: true })).toMatchObject({
    owners: [{ id: expect.any(String) }, { id: expect.any(String) }],
  });
  const [asked] = statements.splice(0);
  expect(asked && (await rowsReadBy(db, asked))).toBeLessThanOrEqual(counted);
});

it("what needs the user is counted without what does not, and without what stopped long ago", async () => {
  const lost = sql`from credential_grants where granted_by <> ${lender.userId}`;
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`insert into credential_grants
        (credential_id, user_id, role, granted_by, granted_at, ended_at, ended_by)
      select credential_id, ${reader.userId}, role, granted_by, now() - interval '9 days',
        now() - case when ascii(md5(credential_id::text)) % 16 = 0 then interval '1 day' else interval '8 days' end, granted_by ${lost}`);
  });
  await db.execute(sql`vacuum analyze credential_grants`);
  statements.splice(0);
  await readNeedCounts(db, reader);
  const [asked] = statements.splice(0);
  expect(asked && (await rowsReadBy(db, asked))).toBeLessThanOrEqual(counted);
});

it("the first steps of a user who has taken none are found without what others have done", async () => {
  statements.splice(0);
  const none = { credential: null, endpoint: null, run: null, share: null };
  expect(await readFirstSteps(db, await somebody(db))).toEqual(none);
  const asked = statements.splice(0).find(({ text }) => text.includes("own_credential"));
  expect(asked && (await rowsReadBy(db, asked))).toBeLessThanOrEqual(5);
});

it("the credential with the same secret is found by an index", async () => {
  const [found] = await rowsOf(db, sql`select md5('c200')::uuid as id`);
  statements.splice(0);
  expect((await findCredentialDetails(db, reader, String(found?.id)))?.equals).toHaveLength(1);
  const [asked] = statements.splice(0);
  expect(asked && (await rowsReadBy(db, asked))).toBeLessThanOrEqual(5);
});

describe.each([null, ...endpointSorts])("the list of sources sorted by %s", (sort) => {
  it("reads and sorts no more than is counted, of all that is visible", async () => {
    const read = await rowsOfPages((start) => listEndpoints(db, reader, "source", start, { sort }), sort);
    expect(Math.max(...read)).toBeLessThanOrEqual(counted);
  });
});
