import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import type { PortalSettings } from "./portal";
import { generateKeys } from "./portal-variables";

/** Where a portal keeps what it knows: outlives its process, so that a second one can go on where the first ended. */
export type PortalHome = {
  settings: PortalSettings;
  dataDir: string;
  /** Empty where the database is embedded, in the data folder. */
  databaseUrl: string;
  remove(): Promise<void>;
};

/** Makes an empty home: a database on the server of `TEST_SERVER_URL`, else an embedded one. */
export async function makePortalHome(): Promise<PortalHome> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-e2e-"));
  const serverUrl = process.env.TEST_SERVER_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const env = database ? { DATABASE_URL: database.url, ...generateKeys() } : { DATABASE_URL: "" };
  return {
    settings: { dataDir, env },
    dataDir,
    databaseUrl: database?.url ?? "",
    remove: async () => {
      await database?.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
