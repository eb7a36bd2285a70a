import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import pg from "pg";
import type { TestProject } from "vitest/node";
import * as schema from "../drizzle/schema";
import { migrateDatabase, migrateUnderLock } from "../lib/db/migrate";
import { makeTestDatabase } from "../lib/testing/database-kinds";

/** Makes the run's migrated template, for each test file to copy: on the server that `TEST_SERVER_URL` names, else embedded. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const serverUrl = process.env.TEST_SERVER_URL;
  return serverUrl ? onServer(project, serverUrl) : embedded(project);
}

async function onServer(project: TestProject, serverUrl: string): Promise<() => Promise<void>> {
  const template = await makeTestDatabase(serverUrl);
  const pool = new pg.Pool({ connectionString: template.url });
  await migrateUnderLock(pool);
  // No connection may be left: a template that somebody uses cannot be copied.
  await pool.end();
  project.provide("template", { kind: "server", url: template.url });
  return template.drop;
}

// Setting up an embedded database takes two seconds, unpacking one that is set up a third of one.
async function embedded(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "latchkey-test-"));
  const file = join(folder, "template.tar");
  const client = await PGlite.create();
  await migrateDatabase(drizzle(client, { schema, casing: "snake_case" }));
  const packed = await client.dumpDataDir("none");
  await client.close();
  await writeFile(file, Buffer.from(await packed.arrayBuffer()));
  project.provide("template", { kind: "embedded", file });
  return () => rm(folder, { recursive: true, force: true });
}
