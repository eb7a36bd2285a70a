import type { Logger } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import { inject } from "vitest";
import * as schema from "@/drizzle/schema";
import { verifyKeys } from "@/lib/crypto/canary";
import { embeddedPool } from "@/lib/db/embedded-pool";
import type { Db } from "@/lib/db/types";
import { portalKeys } from "@/lib/portal/keys";
import { cloneTestDatabase } from "./database-kinds";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's migrated template: a database on a server, or an embedded one as a file. */
    template: { kind: "server"; url: string } | { kind: "embedded"; file: string };
  }
}

class RollBack extends Error {}

let opened: Promise<Db> | undefined;

/** Runs `body` in a transaction that is always rolled back, so that each test sees a portal's first start, in any order. */
export async function withRollback(body: (db: Db) => Promise<void>): Promise<void> {
  // One database per test file: an open transaction would make the tests of other files wait.
  opened ??= ownDatabase();
  await rolledBack(await opened, body);
}

/** Runs `body` in a transaction of `db` that is always rolled back. */
export async function rolledBack(db: Db, body: (db: Db) => Promise<void>): Promise<void> {
  await db
    .transaction(async (tx) => {
      await body(tx);
      throw new RollBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof RollBack)) throw error;
    });
}

/**
 * A separate database for tests that cannot be rolled back: transactions that compete and commit. `logger` gets every
 * statement before it is sent to the driver.
 */
export async function ownDatabase(logger?: Logger): Promise<Db> {
  const db = await emptyDatabase(logger);
  // As at every start; without a data key, no secret can be sealed and no event written.
  await verifyKeys(db, portalKeys().keyRing);
  return db;
}

/** A separate, migrated database without rows, not even keys. */
export async function emptyDatabase(logger?: Logger): Promise<Db> {
  const template = inject("template");
  return template.kind === "server"
    ? openServer(await cloneTestDatabase(template.url), logger)
    : openEmbedded(template.file, logger);
}

/** Two pools on one database as in `ownDatabase`, like two processes; an embedded database has only one, like one process. */
export async function ownDatabaseOfTwo(): Promise<[Db, Db]> {
  const template = inject("template");
  if (template.kind === "server") {
    const url = await cloneTestDatabase(template.url);
    const processes: [Db, Db] = [await openServer(url), await openServer(url)];
    await verifyKeys(processes[0], portalKeys().keyRing);
    return processes;
  }
  const db = openEmbedded(template.file);
  await verifyKeys(db, portalKeys().keyRing);
  return [db, db];
}

async function openServer(connectionString: string, logger?: Logger): Promise<Db> {
  // As the portal's pool, so that its plans are tested.
  const pool = new pg.Pool({ connectionString, max: 8, options: "-c jit=off" });
  // The end of the run drops the database while idle connections may remain here.
  pool.on("error", () => undefined);
  return drizzle(pool, { schema, casing: "snake_case", logger: logger ?? false });
}

function openEmbedded(file: string, logger?: Logger): Db {
  return drizzle(embeddedPool({ template: file }), { schema, casing: "snake_case", logger: logger ?? false });
}
