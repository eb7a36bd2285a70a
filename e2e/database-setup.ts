import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrateUnderLock } from "../lib/db/migrate";
import { makeTestDatabase } from "./test-database";

/** Makes the run's own database on the server that `TEST_SERVER_URL` names; without one, test files use embedded databases. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const serverUrl = process.env.TEST_SERVER_URL;
  if (!serverUrl) {
    project.provide("databaseUrl", "");
    return undefined;
  }
  const database = await makeTestDatabase(serverUrl);
  const pool = new pg.Pool({ connectionString: database.url });
  await migrateUnderLock(pool);
  await pool.end();
  project.provide("databaseUrl", database.url);
  return database.drop;
}
