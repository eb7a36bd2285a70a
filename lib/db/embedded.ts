import "server-only";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import * as schema from "@/drizzle/schema";
import { requireRoom } from "./disk-room";
import { embeddedPool } from "./embedded-pool";
import { lockFolder } from "./folder-lock";
import { migrateDatabase } from "./migrate";
import type { Db } from "./types";

/** Opens the embedded database in `folder`, which no other process may use, and brings its schema up to date. */
export async function openEmbedded(folder: string): Promise<Db> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await lockFolder(folder);
  const pool = embeddedPool({ path: join(folder, "database") }, () => requireRoom(folder));
  const db = drizzle(pool, { schema, casing: "snake_case" });
  await migrateDatabase(db);
  return db;
}
