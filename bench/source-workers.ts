import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import { pathOf } from "./source-pages";
import { type BenchProcess, startProcess } from "./source-process";

const delayMs = 250;
const holdings = { repositories: 4, commitsEach: 10_000 };
const runsAtOnce = 4;
const workers = 4;

/** Four runs over so many servers, done by four workers on one database. */
export type WorkersResult = {
  workers: number;
  servers: number;
  runs: number;
  perSecond: number;
  /** Calls beyond the fewest that the runs need: a run that two workers did would double them. */
  callsMore: number;
  /** The most calls under way at one server. */
  mostAtOnce: number;
};

/** Measures the same four runs at one, two and four servers. Each process has the loops of a portal of its own. */
export async function measureWorkers(
  serverUrl: string,
  env: Readonly<Record<string, string>>,
): Promise<WorkersResult[]> {
  const database = await makeTestDatabase(serverUrl);
  const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const processes: BenchProcess[] = [];
  const start = async (script: string) => {
    const own = { ...env, DATABASE_URL: database.url, DATA_DIR: folder };
    const started = await startProcess(script, own);
    processes.push(started);
    return started;
  };
  try {
    const readers: BenchProcess[] = [];
    const servers: BenchProcess[] = [];
    for (let at = 0; at < workers; at += 1) {
      const reader = await start("source-reader.ts");
      await reader.ask("open");
      readers.push(reader);
      servers.push(await start("source-server.ts"));
    }
    await Promise.all(readers.map((reader) => reader.ask("startWork")));
    const results: WorkersResult[] = [];
    for (const count of [1, 2, 4]) results.push(await measure(readers, servers.slice(0, count)));
    await Promise.all(readers.map((reader) => reader.ask("stopWork")));
    return results;
  } finally {
    for (const one of processes) one.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(
  readers: readonly BenchProcess[],
  servers: readonly BenchProcess[],
): Promise<WorkersResult> {
  process.stderr.write(`${runsAtOnce} runs by ${readers.length} workers at ${servers.length} servers\n`);
  const origins = await Promise.all(servers.map((server) => server.ask<string>("origin")));
  const baseUrls = Array.from(
    { length: runsAtOnce },
    (_, at) => `${origins[at % origins.length]}${pathOf(holdings, delayMs)}`,
  );
  const [first] = readers;
  if (!first) throw new Error("no worker");
  for (const server of servers) await server.ask("counters");
  const from = performance.now();
  const runIds = await first.ask<string[]>("request", baseUrls);
  const records = await first.ask<number>("untilEnded", runIds);
  const seconds = (performance.now() - from) / 1000;
  const counted = await Promise.all(
    servers.map((server) => server.ask<{ calls: number; most: number }>("counters")),
  );
  const calls = counted.reduce((sum, one) => sum + one.calls, 0);
  const fewest = runsAtOnce * (1 + (holdings.repositories * holdings.commitsEach) / 1000);
  process.stderr.write(`${Math.round(records / seconds)} records/s, ${calls - fewest} calls too many\n`);
  return {
    workers: readers.length,
    servers: servers.length,
    runs: runsAtOnce,
    perSecond: records / seconds,
    callsMore: calls - fewest,
    mostAtOnce: Math.max(...counted.map(({ most }) => most)),
  };
}
