import "server-only";
import { env } from "@/lib/env";
import type { Db } from "./types";

// On globalThis, because Next bundles the start hook, pages and actions separately: each would open its own database.
const holder: typeof globalThis & { latchkeyDatabase?: Promise<Db> } = globalThis;

/**
 * The process's one database, opened on first use and migrated before any other caller gets it; rejects with the
 * cause if that fails.
 */
export function database(): Promise<Db> {
  holder.latchkeyDatabase ??= openNow().catch((error: unknown) => {
    // Not cached: the next request tries again, so the portal recovers by itself.
    delete holder.latchkeyDatabase;
    throw error;
  });
  return holder.latchkeyDatabase;
}

// Imported late: the drivers, ES modules outside the bundle, would make every module above them asynchronous, and a
// second first request could find one not yet run (docs/decisions/0024-deferred-database-drivers.md).
async function openNow(): Promise<Db> {
  const { openDatabase } = await import("./open");
  return openDatabase(env());
}
