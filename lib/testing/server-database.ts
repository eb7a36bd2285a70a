import pg from "pg";
import { inject } from "vitest";
import { cloneTestDatabase } from "./database-kinds";

/** The URL of a new, migrated database on the tests' server. Throws if the tests use the embedded one. */
export async function ownServerDatabase(): Promise<string> {
  const template = inject("template");
  if (template.kind !== "server") throw new Error("these tests need a server");
  return cloneTestDatabase(template.url);
}

/** Kills every other connection to the database at `url`, like a restart of the server. */
export async function endConnections(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
  );
  await client.end();
}
