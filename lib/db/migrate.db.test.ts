import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { describe, expect, it } from "vitest";
import * as schema from "@/drizzle/schema";
import { connectorKinds } from "@/lib/connectors/kinds";
import { searchTextDifferences } from "@/lib/testing/searches";
import { embeddedPool } from "./embedded-pool";
import { migrateDatabase } from "./migrate";

function emptyDatabase() {
  return drizzle(embeddedPool({}), { schema, casing: "snake_case" });
}

describe("migrating", () => {
  it("a second time changes nothing", async () => {
    const db = emptyDatabase();
    await migrateDatabase(db);
    const before = await db.execute(sql`select count(*) from drizzle.__drizzle_migrations`);
    await migrateDatabase(db);
    expect((await db.execute(sql`select count(*) from drizzle.__drizzle_migrations`)).rows).toEqual(
      before.rows,
    );
  });

  it("51 a database that a newer Latchkey set up is refused, and nothing in it is touched", async () => {
    const db = emptyDatabase();
    await migrateDatabase(db);
    const later = Date.now() + 1e11;
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${later})`,
    );
    await expect(migrateDatabase(db)).rejects.toThrow("newer Latchkey");
  });

  it("rows from before there were connector kinds are of the first one", async () => {
    const db = emptyDatabase();
    await migrateBefore(db, "0015_connector-kinds");
    await db.execute(sql`insert into servers (base_url) values ('https://git.example.com')`);
    const rows = sql`
      with owner as (insert into users (name, email, password_hash, role)
        values ('Jane', 'jane@example.com', 'x', 'member') returning id)
      insert into credentials (id, owner_id, server_id, name, method)
        select gen_random_uuid(), owner.id, servers.id, 'Ledger', 'password' from owner, servers`;
    await db.execute(rows);
    await migrateDatabase(db);
    for (const table of [schema.servers, schema.credentials]) {
      expect(await db.select({ kind: table.kind }).from(table)).toEqual([{ kind: "bitbucket-server" }]);
    }
  });

  it("what was listed before searches had keys is found by them", async () => {
    const db = emptyDatabase();
    await migrateBefore(db, "0038_search_texts");
    await db.execute(
      sql`insert into servers (kind, base_url) values ('bitbucket-server', 'https://git.example.com')`,
    );
    await db.execute(sql`
      with owner as (insert into users (name, email, password_hash, role)
          values ('Jane', 'jane@example.com', 'x', 'member') returning id),
        credential as (insert into credentials (id, kind, owner_id, server_id, name, method, description)
          select gen_random_uuid(), 'bitbucket-server', owner.id, servers.id, 'Ledger', 'password', repeat('long ', 180)
          from owner, servers returning *)
      insert into endpoints (id, direction, connector, owner_id, credential_id, name)
        select gen_random_uuid(), 'source', 'bitbucket-server', owner_id, id, 'Nightly' from credential`);
    await migrateDatabase(db);
    for (const kind of ["credential", "endpoint"] as const) {
      expect(await searchTextDifferences(db, kind)).toEqual([]);
    }
    expect(
      await db.select({ search: schema.endpointSearchTexts.search }).from(schema.endpointSearchTexts),
    ).toEqual([{ search: "nightly\x1f" }]);
  });

  it("rows of tables and columns that had other names are kept, with the contents of their checks", async () => {
    const db = emptyDatabase();
    await migrateBefore(db, "0016_standard-names");
    const steps = [{ name: "address", state: "passed", durationMs: 0 }];
    const record = { access: null, warnings: ["PLAIN_HTTP"], rungs: steps, facts: { roundTripMs: 7 } };
    const refused = { access: null, warnings: [], rungs: [] };
    await db.execute(sql`insert into servers (base_url) values ('https://git.example.com')`);
    await db.execute(sql`insert into users (name, email, password_hash, role)
      values ('Jane', 'jane@example.com', 'x', 'member')`);
    await db.execute(sql`insert into credentials (id, owner_id, server_id, name, method)
      select gen_random_uuid(), users.id, servers.id, 'Ledger', 'password' from users, servers`);
    await db.execute(sql`insert into checks (credential_id, secret_version, verdict, findings, checked_at)
      select id, 1, 'verified', ${JSON.stringify(record)}::jsonb, '2026-01-02Z'::timestamptz from credentials union all
      select id, 1, 'rejected', ${JSON.stringify(refused)}::jsonb, '2026-01-01Z'::timestamptz from credentials`);
    await db.execute(sql`insert into flows (id, direction, connector, owner_id, credential_id, name)
      select gen_random_uuid(), 'source', 'bitbucket-server', owner_id, id, 'Commits' from credentials`);
    await db.execute(sql`insert into flow_grants (flow_id, user_id, role, granted_by)
      select id, owner_id, 'collaborator', owner_id from flows`);
    await db.execute(sql`insert into credential_handovers (credential_id, to_user_id, offered_by)
      select id, owner_id, owner_id from credentials`);
    await db.execute(sql`insert into sign_in_guards
      (base_url, account, refusals, word_used_at, settled_id, settled_outcome)
      values ('https://git.example.com', 'jane', 1, '2026-01-03Z', gen_random_uuid(), '{"rungs": []}')`);

    await migrateDatabase(db);

    const [endpoint] = await db.select().from(schema.endpoints);
    expect(endpoint).toMatchObject({ name: "Commits", direction: "source" });
    expect(await db.select().from(schema.endpointGrants)).toMatchObject([{ endpointId: endpoint?.id }]);
    expect(await db.select().from(schema.ownershipTransfers)).toHaveLength(1);
    expect(await db.select().from(schema.lockoutStates)).toMatchObject([
      {
        refusals: 1,
        overrideUsedAt: new Date("2026-01-03T00:00:00Z"),
        settledId: null,
        settledOutcome: null,
      },
    ]);
    const kept = await db
      .select({ record: schema.checks.record })
      .from(schema.checks)
      .orderBy(schema.checks.checkedAt);
    expect(kept.map((check) => check.record)).toEqual([
      { access: null, warnings: [], steps: [] },
      { access: null, warnings: ["PLAIN_HTTP"], steps, details: { roundTripMs: 7 } },
    ]);
  });

  it("the last use of a credential is that of its newest kept run that asked the server", async () => {
    const db = emptyDatabase();
    await migrateBefore(db, "0035_used_and_owners");
    await db.execute(sql`insert into servers (base_url) values ('https://git.example.com')`);
    await db.execute(sql`insert into users (name, email, password_hash, role)
      values ('Jane', 'jane@example.com', 'x', 'member')`);
    await db.execute(sql`insert into credentials (id, owner_id, server_id, name, method, created_at)
      select gen_random_uuid(), users.id, servers.id, made.name, 'password', '2026-01-01Z'
      from users, servers, unnest(array['Used', 'Unused']) as made (name)`);
    await db.execute(sql`insert into endpoints (id, direction, connector, owner_id, credential_id, name)
      select gen_random_uuid(), 'source', 'bitbucket-server', owner_id, id, made.name
      from credentials, unnest(array['Often', 'Once', 'Held back']) as made (name) where credentials.name = 'Used'`);
    await db.execute(sql`insert into runs (id, endpoint_id, pass_id, mode, trigger, state, calls, created_at)
      select gen_random_uuid(), endpoints.id, gen_random_uuid(), 'all', 'user', 'succeeded', made.calls, made.at
      from endpoints join (values ('Often', 3, '2026-02-01Z'::timestamptz), ('Often', 3, '2026-02-03Z'),
        ('Once', 3, '2026-02-02Z'), ('Held back', 0, '2026-02-04Z')) as made (name, calls, at)
        on made.name = endpoints.name`);
    await migrateDatabase(db);
    const { name, lastUsedAt } = schema.credentials;
    const [often] = await db.select().from(schema.endpoints).where(eq(schema.endpoints.name, "Often"));
    expect(
      await db
        .select({
          name,
          lastUsedAt,
          by: schema.credentials.lastUsedBy,
          idle: schema.credentialListings.idleSince,
        })
        .from(schema.credentials)
        .innerJoin(
          schema.credentialListings,
          eq(schema.credentialListings.credentialId, schema.credentials.id),
        )
        .orderBy(name),
    ).toEqual([
      { name: "Unused", lastUsedAt: null, by: null, idle: "2026-01-01" },
      { name: "Used", lastUsedAt: new Date("2026-02-03Z"), by: often?.id, idle: "2026-02-03" },
    ]);
  });

  it("every connector kind has its place in the columns, and no other name", async () => {
    const db = emptyDatabase();
    await migrateDatabase(db);
    const add = (kind: string) =>
      db.execute(sql`insert into servers (kind, base_url) values (${kind}, 'https://git.example.com')`);
    for (const kind of connectorKinds) await add(kind);
    await expect(add("unheard-of")).rejects.toMatchObject({ cause: { constraint: "servers_kind" } });
  });
});

/** Brings a database to where it was before the migration of that name. */
async function migrateBefore(db: Awaited<ReturnType<typeof emptyDatabase>>, name: string): Promise<void> {
  const migrationsFolder = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp("drizzle/migrations", migrationsFolder, { recursive: true });
  const journal = join(migrationsFolder, "meta", "_journal.json");
  const all: { entries: { tag: string }[] } = JSON.parse(await readFile(journal, "utf8"));
  const entries = all.entries.filter(({ tag }) => tag < name);
  await writeFile(journal, JSON.stringify({ ...all, entries }));
  await migrate(db, { migrationsFolder });
  await rm(migrationsFolder, { recursive: true });
}
