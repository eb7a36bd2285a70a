import "server-only";
import { drizzle } from "drizzle-orm/node-postgres";
import pg from "pg";
import * as schema from "@/drizzle/schema";
import { log } from "@/lib/log";
import { answerLimitMs, LimitedClient } from "./limited-client";
import { migrateUnderLock } from "./migrate";
import type { Db } from "./types";

/** How long connecting may take, and how long a request may wait for a free connection. */
const connectLimitMs = 3_000;

const reaching = {
  application_name: "latchkey",
  connectionTimeoutMillis: connectLimitMs,
  // Detects a broken network path while the connection is idle.
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const;

/** Opens the database on a server and brings its schema up to date; reconnects whenever connections are lost. */
export async function openPostgres(connectionString: string): Promise<Db> {
  // A separate connection: a migration may take longer than a page's statements.
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
 * At most ten connections, for statements with a time limit: a page notices a silent, full or absent server within
 * ten seconds.
 */
export function limitedPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({
    ...reaching,
    connectionString,
    max: 10,
    statement_timeout: answerLimitMs - 1_000,
    idle_in_transaction_session_timeout: 30_000,
    // Compiling a query took the server 33 to 40 ms, and saved less: the portal's read few rows each.
    options: "-c jit=off",
    Client: LimitedClient,
  });
  // Without a listener, an idle connection that the server closes would end the process.
  pool.on("error", tellLost);
  return pool;
}

function tellLost(error: Error): void {
  log().warn({ err: error }, "an idle database connection was lost");
}
