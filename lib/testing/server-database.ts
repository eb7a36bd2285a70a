import pg from "pg";
import { inject } from "vitest";
import { cloneTestDatabase } from "./database-kinds";

/** The address of a new database with the schema, on the server of the tests. Throws where the tests use the embedded one. */
export async function ownServerDatabase(): Promise<string> {
  const template = inject("template");
  if (template.kind !== "server") throw new Error("these tests need a server");
  return cloneTestDatabase(template.url);
}

/** Kills every other connection to the database at `url`, as a restart of the server does. */
export async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await client.end();
}
