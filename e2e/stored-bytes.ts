import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import type { PortalHome } from "./portal-home";

/**
 * Everything that a stopped portal has stored: the bytes of every file in its data folder, or its whole database as
 * text.
 */
export async function readEverythingStored(home: PortalHome): Promise<Buffer> {
  if (home.databaseUrl) return Buffer.concat([await readFolder(home.dataDir), await dump(home.databaseUrl)]);
  return readFolder(home.dataDir);
}

async function readFolder(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Buffer.concat(
    await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name)))),
  );
}

/** Every row of every table in PostgreSQL's text form; bytes are hexadecimal digits. */
async function dump(url: string): Promise<Buffer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const rows: string[] = [];
    for (const { name } of tables.rows) {
      const table = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      rows.push(...table.rows.map(({ row }) => row));
    }
    return Buffer.from(rows.join("\n"));
  } finally {
    await client.end();
  }
}
