import "server-only";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import * as schema from "@/drizzle/schema";
import { requireRoom } from "./disk-room";
import { lockFolder } from "./folder-lock";
import { migrateDatabase } from "./migrate";
import { ReopeningClient } from "./reopening-client";
import type { Db } from "./types";

/** Opens the embedded database in `folder`, which no other process may use, and brings its schema up to date. */
export async function openEmbedded(folder: string): Promise<Db> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await lockFolder(folder);
  const client = await ReopeningClient.open(join(folder, "database"), () => requireRoom(folder));
  // drizzle's type requires the whole client, but drizzle uses only what this one has.
  const db = drizzle(client as Partial<PGlite> as PGlite, { schema, casing: "snake_case" });
  await migrateDatabase(db);
  return db;
}
