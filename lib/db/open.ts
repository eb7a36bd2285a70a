import "server-only";
import type { Environment } from "@/lib/env";
import { openEmbedded } from "./embedded";
import { openPostgres } from "./postgres";
import { printErrorsWithoutParameters } from "./quiet-errors";
import type { Db } from "./types";

/** Opens the database that the environment names and brings its schema up to date; throws with the cause if either fails. */
export async function openDatabase(environment: Pick<Environment, "DATABASE_URL" | "DATA_DIR">): Promise<Db> {
  printErrorsWithoutParameters();
  if (environment.DATABASE_URL) return openPostgres(environment.DATABASE_URL);
  return openEmbedded(environment.DATA_DIR);
}
