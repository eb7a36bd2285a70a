import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type Portal, startPortal } from "../e2e/portal";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import { countTransactions } from "./transactions";

/** A portal with its own database: on the server of `DATABASE_URL` if that is set, else embedded. */
export type BenchPortal = {
  origin: string;
  /** The process id of the running portal. */
  pid(): number;
  database: "PostgreSQL" | "embedded";
  /**
   * Restarts the portal, so that preparations are not measured. `meanwhile` runs while it is stopped, with the
   * variables that open its database.
   */
  restart(meanwhile?: (env: Record<string, string>) => Promise<void>): Promise<void>;
  /**
   * Stops the portal and returns its number of database transactions since the last start; null if nothing counts them.
   */
  finish(): Promise<number | null>;
  /** Deletes all data of the portal. */
  remove(): Promise<void>;
};

/** Starts a portal for one benchmark, with extra settings if needed. `serverUrl` "" makes its database embedded. */
export async function startBenchPortal(
  more: Record<string, string> = {},
  serverUrl = process.env.DATABASE_URL,
): Promise<BenchPortal> {
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
    async restart(meanwhile) {
      await portal.stop();
      await meanwhile?.({ ...env, DATA_DIR: dataDir });
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
