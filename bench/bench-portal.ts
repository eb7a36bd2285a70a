import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type Portal, startPortal } from "../e2e/portal";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import { countTransactions } from "./transactions";

/** A portal with a database of its own, on the server of `DATABASE_URL` where that is set, else embedded. */
export type BenchPortal = {
  origin: string;
  /** Of the process that runs now. */
  pid(): number;
  database: "PostgreSQL" | "embedded";
  /** Starts it anew, so that what was done to prepare it is not measured. */
  restart(): Promise<void>;
  /** Stops it and tells how many database transactions it has made since its last start; null where nobody counts them. */
  finish(): Promise<number | null>;
  /** Removes everything it has stored. */
  remove(): Promise<void>;
};

/** Starts a portal for one benchmark, with settings of its own where it needs some. */
export async function startBenchPortal(more: Record<string, string> = {}): Promise<BenchPortal> {
  const serverUrl = process.env.DATABASE_URL;
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const env = database ? { DATABASE_URL: database.url, ...generateKeys() } : { DATABASE_URL: "" };
  const settings = { port: await freePort(), dataDir, env: { ...env, LOG_LEVEL: "warn", ...more } };
  const transactions = async () => (database ? countTransactions(database.url) : null);
  let portal: Portal = await startPortal(settings);
  let before: number | null = null;
  return {
    origin: portal.origin,
    pid: () => portal.pid,
    database: database ? "PostgreSQL" : "embedded",
    async restart() {
      await portal.stop();
      before = await transactions();
      portal = await startPortal(settings);
    },
    async finish() {
      await portal.stop();
      const after = await transactions();
      return before === null || after === null ? null : after - before;
    },
    async remove() {
      await portal.stop();
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
