import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { z } from "zod";
import { cloneTestDatabase, makeTestDatabase } from "../lib/testing/database-kinds";
import type { PortalSettings } from "./portal";
import { generateKeys, templateVariable } from "./portal-variables";

/** A portal's data: outlives its process, so that a second process can continue with it. */
export type PortalHome = {
  settings: PortalSettings;
  dataDir: string;
  /** Empty if the database is embedded, in the data folder. */
  databaseUrl: string;
  remove(): Promise<void>;
};

const templateSchema = z.object({ dataDir: z.string(), env: z.record(z.string(), z.string()) });

/**
 * Makes an empty home: a database on the server of `TEST_SERVER_URL`, else an embedded one, set up by its first portal.
 */
export async function makeEmptyHome(): Promise<PortalHome> {
  const dataDir = await makeFolder();
  const serverUrl = process.env.TEST_SERVER_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const env = database ? { DATABASE_URL: database.url, ...generateKeys() } : { DATABASE_URL: "" };
  return homeOf({ dataDir, env }, database?.drop);
}

/** Makes a home without accounts by copying the run's template, which saves most of a portal's start time. */
export async function makePortalHome(): Promise<PortalHome> {
  const template = templateSchema.parse(JSON.parse(process.env[templateVariable] ?? "null"));
  const { env } = template;
  const dataDir = await makeFolder();
  // A copied lock would look alive, as it is new: the portal would wait 15 seconds for its holder.
  const filter = (path: string) => !basename(path).startsWith("portal.lock.");
  await cp(template.dataDir, dataDir, { recursive: true, filter });
  const url = env.DATABASE_URL ? await cloneTestDatabase(env.DATABASE_URL) : "";
  return homeOf({ dataDir, env: { ...env, DATABASE_URL: url } });
}

/** Makes an unused home, in which a portal has started once, the template for `makePortalHome` in all workers. */
export function shareAsTemplate({ settings: { dataDir, env = {} } }: PortalHome): void {
  process.env[templateVariable] = JSON.stringify({ dataDir, env });
}

// A clone is dropped with its template.
function homeOf(settings: PortalSettings, drop?: () => Promise<void>): PortalHome {
  return {
    settings,
    dataDir: settings.dataDir,
    databaseUrl: settings.env?.DATABASE_URL ?? "",
    remove: async () => {
      await drop?.();
      await rm(settings.dataDir, { recursive: true, force: true });
    },
  };
}

function makeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "latchkey-e2e-"));
}
