import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnNextServer } from "../e2e/next-server";
import { freePort, portalEnvironment } from "../e2e/portal";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import { smallestFolder } from "./smallest-page";

const rounds = Number(process.env.BENCH_ROUNDS || 5);
const askEveryMs = 10;
const startLimitMs = 60_000;
const root = join(import.meta.dirname, "..");

/** A server that is started and stopped: how it is called, and the page that shows that it is up. */
type Starter = {
  readonly name: string;
  readonly folder: string;
  readonly page: string;
  readonly env: (origin: string) => Record<string, string>;
};

/** Milliseconds from the start of the process to the end of its first answer. */
export type Started = { readonly name: string; readonly ms: number[] };

/** Starts the smallest Next.js server and the portal in turn, each portal on a database that it has started on before. */
export async function measureStart(): Promise<Started[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const serverUrl = process.env.DATABASE_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const portal = (name: string, env: Record<string, string>): Starter => ({
    ...{ name, folder: root, page: "/sign-up" },
    env: (origin) => portalEnvironment({ dataDir: join(dataDir, name), env, origin }),
  });
  const starters: Starter[] = [
    { name: "smallest Next.js server", folder: smallestFolder(), page: "/", env: () => ({}) },
    ...(database ? [portal("PostgreSQL", { DATABASE_URL: database.url, ...generateKeys() })] : []),
    portal("embedded", { DATABASE_URL: "" }),
  ];
  const measured = starters.map(({ name }) => ({ name, ms: [] as number[] }));
  try {
    // Not counted: it sets the database up, and fills the system's file cache.
    for (const starter of starters) await timeStart(starter);
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, starter] of starters.entries()) measured[index]?.ms.push(await timeStart(starter));
    }
    return measured;
  } finally {
    await database?.drop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function timeStart({ folder, page, env }: Starter): Promise<number> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const from = performance.now();
  const server = spawnNextServer({ folder, port, env: env(origin) });
  try {
    while (performance.now() - from < startLimitMs && !server.hasEnded()) {
      const answer = await fetch(`${origin}${page}`).catch(() => null);
      await answer?.text();
      if (answer?.ok) return performance.now() - from;
      await new Promise((resolve) => setTimeout(resolve, askEveryMs));
    }
    throw new Error(`the server did not answer:\n${server.output()}`);
  } finally {
    await server.stop();
  }
}
