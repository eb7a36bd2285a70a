import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { describe, expect, it } from "vitest";
import * as schema from "@/drizzle/schema";
import { connectorKinds } from "@/lib/connectors/kinds";
import { migrateDatabase } from "./migrate";

async function emptyDatabase() {
  return drizzle(await PGlite.create(), { schema, casing: "snake_case" });
}

describe("migrating", () => {
  it("a second time changes nothing", async () => {
    const db = await emptyDatabase();
    await migrateDatabase(db);
    const before = await db.execute(sql`select count(*) from drizzle.__drizzle_migrations`);
    await migrateDatabase(db);
    expect((await db.execute(sql`select count(*) from drizzle.__drizzle_migrations`)).rows).toEqual(
      before.rows,
    );
  });

  it("51 a database that a newer Latchkey set up is refused, and nothing in it is touched", async () => {
    const db = await emptyDatabase();
    await migrateDatabase(db);
    const later = Date.now() + 1e11;
    await db.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${later})`,
    );
    await expect(migrateDatabase(db)).rejects.toThrow("newer Latchkey");
  });

  it("rows from before there were connector kinds are of the first one", async () => {
    const db = await emptyDatabase();
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

  it("every connector kind has its place in the columns, and no other name", async () => {
    const db = await emptyDatabase();
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
