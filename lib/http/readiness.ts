import "server-only";
import { sql } from "drizzle-orm";
import { connection } from "next/server";
import { database } from "@/lib/db/client";
import { log } from "@/lib/log";
import { isEnding } from "./graceful-end";

/** `ending`: asked to end, and answering the last requests; `no-database`: pages would be answered with 503. */
export type Readiness = "ready" | "ending" | "no-database";

const keptMs = 1_000;
let requested: { at: number; answer: Promise<boolean> } | undefined;

/** Whether this process can serve requests now. Queries the database at most once a second. */
export async function readiness(): Promise<Readiness> {
  // Evaluated per request, not at build time.
  await connection();
  if (isEnding()) return "ending";
  if (!requested || Date.now() - requested.at > keptMs) requested = { at: Date.now(), answer: askDatabase() };
  return (await requested.answer) ? "ready" : "no-database";
}

async function askDatabase(): Promise<boolean> {
  try {
    await (await database()).execute(sql`select 1`);
    return true;
  } catch (error) {
    log().warn({ err: error }, "the database did not answer");
    return false;
  }
}
