import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPortal } from "./portal";
import { generateKeys, portalVariables } from "./portal-variables";
import { makeTestDatabase } from "./test-database";

/** One portal for the whole run, on its production build; each test has people of its own in it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-e2e-"));
  const serverUrl = process.env.TEST_SERVER_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const env = database ? { DATABASE_URL: database.url, ...generateKeys() } : { DATABASE_URL: "" };
  const portal = await startPortal({ dataDir, env });
  process.env[portalVariables.origin] = portal.origin;
  process.env[portalVariables.dataDir] = dataDir;
  process.env[portalVariables.databaseUrl] = database?.url ?? "";
  return async () => {
    await portal.stop();
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
