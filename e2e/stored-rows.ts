import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import type { PortalHome } from "./portal-home";

/**
 * A killed portal's number of rows by table. An embedded database is copied first, so that the original stays as it
 * was.
 */
export async function countRows(
  home: PortalHome,
  tables: readonly string[],
): Promise<Record<string, number>> {
  const counts = tables.map((table) => `(select count(*)::int from ${table}) as ${table}`);
  const statement = `select ${counts.join(", ")}`;
  return home.databaseUrl ? countOnServer(home.databaseUrl, statement) : countInCopy(home.dataDir, statement);
}

async function countOnServer(url: string, statement: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Record<string, number>>(statement);
  await client.end();
  return rows[0] ?? {};
}

async function countInCopy(dataDir: string, statement: string): Promise<Record<string, number>> {
  const copy = await mkdtemp(join(tmpdir(), "latchkey-e2e-copy-"));
  await cp(join(dataDir, "database"), copy, { recursive: true });
  const database = await PGlite.create(copy);
  const { rows } = await database.query<Record<string, number>>(statement);
  await database.close();
  await rm(copy, { recursive: true, force: true });
  return rows[0] ?? {};
}
