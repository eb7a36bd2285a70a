import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { TestProject } from "vitest/node";
import * as schema from "../drizzle/schema";
import { embeddedPool } from "../lib/db/embedded-pool";
import { migrateDatabase, migrateUnderLock } from "../lib/db/migrate";
import { makeTestDatabase } from "../lib/testing/database-kinds";

/**
 * Makes the run's migrated template, which each test file copies: on the server of `TEST_SERVER_URL`, else embedded.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const serverUrl = process.env.TEST_SERVER_URL;
  return serverUrl ? onServer(project, serverUrl) : embedded(project);
}

async function onServer(project: TestProject, serverUrl: string): Promise<() => Promise<void>> {
  const template = await makeTestDatabase(serverUrl);
  const pool = new pg.Pool({ connectionString: template.url });
  await migrateUnderLock(pool);
  // A template with open connections cannot be copied.
  await pool.end();
  project.provide("template", { kind: "server", url: template.url });
  return template.drop;
}

// Setting up an embedded database takes two seconds, unpacking a prepared one a third of a second.
async function embedded(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-test-"));
  const path = join(folder, "database");
  const pool = embeddedPool({ path });
  await migrateDatabase(drizzle(pool, { schema, casing: "snake_case" }));
  await pool.end();
  const file = join(folder, "template.tar");
  await writeFile(file, await packed(path));
  project.provide("template", { kind: "embedded", file });
  return () => rm(folder, { recursive: true, force: true });
}

async function packed(path: string): Promise<Buffer> {
  const client = await PGlite.create(path);
  const blob = await client.dumpDataDir("none");
  await client.close();
  return Buffer.from(await blob.arrayBuffer());
}
