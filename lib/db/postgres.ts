import "server-only";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import * as schema from "@/drizzle/schema";
import { log } from "@/lib/log";
import { answerLimitMs, LimitedClient } from "./limited-client";
import { migrateUnderLock } from "./migrate";
import type { Db } from "./types";

/** How long a connection may take, and how long one may wait for a free one. */
const connectLimitMs = 3_000;

const reaching = {
  application_name: "latchkey",
  connectionTimeoutMillis: connectLimitMs,
  // So that a line that was cut is noticed while nothing is asked.
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;

/** Opens the database on a server and brings its schema up to date; its connections are made anew whenever they are lost. */
export async function openPostgres(connectionString: string): Promise<Db> {
  // A connection of its own: a migration may take longer than a statement of a page ever should.
  const migrating = new pg.Pool({ ...reaching, connectionString, max: 1 });
  migrating.on("error", tellLost);
  try {
    await migrateUnderLock(migrating);
  } finally {
    await migrating.end();
  }
  return drizzle(limitedPool(connectionString), { schema, casing: "snake_case" });
}

/**
 * At most ten connections, for statements that must be answered in time: a page that meets a silent, full or absent
 * server knows it within ten seconds.
 */
export function limitedPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    ...reaching,
    connectionString,
    max: 10,
    statement_timeout: answerLimitMs - 1_000,
    idle_in_transaction_session_timeout: 30_000,
    Client: LimitedClient,
  });
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on("error", tellLost);
  return pool;
}

function tellLost(error: Error): void {
  log().warn({ err: error }, "an idle database connection was lost");
}
