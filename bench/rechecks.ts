import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import type { CheckCall } from "./rechecks-server";
import { type BenchProcess, startProcess } from "./source-process";

export const serverCount = 20;
export const delayMs = 50;
export const perServer = 2;
const count = Number(process.env.BENCH_CHECKS || 2_000);

type Answering = { readonly calls: readonly CheckCall[]; readonly origins: readonly string[] };
export type RecheckFigures = {
  readonly what: string;
  readonly seconds: number;
  readonly perSecond: number;
  /** Of all processes that check; null for the bare client. */
  readonly cpuSeconds: number | null;
  /** Calls at once to one server at most. */
  readonly most: number;
};
export type RechecksResult = {
  readonly count: number;
  readonly calls: number;
  readonly ceiling: RecheckFigures;
  readonly figures: RecheckFigures[];
};

/** Re-checks credentials that are all due, beside a bare client that asks the servers the same, two checks at a time. */
export async function measureRechecks(): Promise<RechecksResult> {
  const servers = await startProcess("rechecks-server.ts");
  const answering = await servers.ask<Answering>("start", serverCount);
  const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const serverUrl = process.env.DATABASE_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const env = {
    EGRESS_LOOPBACK: "on",
    LOG_LEVEL: "error",
    APP_ORIGIN: "http://localhost:1",
    ...generateKeys(),
  };
  const workers: BenchProcess[] = [];
  const open = async (DATABASE_URL: string, DATA_DIR: string) => {
    const worker = await startProcess("rechecks-worker.ts", { ...env, DATABASE_URL, DATA_DIR });
    workers.push(worker);
    return worker;
  };
  try {
    const ceiling = await bare(servers, answering);
    const figures: RecheckFigures[] = [];
    if (database) {
      const pair = [await open(database.url, folder), await open(database.url, folder)];
      await pair[0]?.ask("fill", { origins: answering.origins, count });
      figures.push(await recheckAll("PostgreSQL, one worker", servers, pair.slice(0, 1)));
      figures.push(await recheckAll("PostgreSQL, two workers", servers, pair));
    }
    const embedded = await open("", folder);
    await embedded.ask("fill", { origins: answering.origins, count });
    figures.push(await recheckAll("embedded", servers, [embedded]));
    return { count, calls: answering.calls.length, ceiling, figures };
  } finally {
    for (const worker of workers) worker.stop();
    servers.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function recheckAll(
  what: string,
  servers: BenchProcess,
  workers: readonly BenchProcess[],
): Promise<RecheckFigures> {
  const [first] = workers;
  if (!first) throw new Error("no worker");
  await first.ask("due");
  await servers.ask("counters");
  const cpuBefore = await cpuOf(workers);
  const begun = performance.now();
  await Promise.all(workers.map((worker) => worker.ask("start")));
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { left, verified } = await first.ask<{ left: number; verified: number }>("state");
    if (left > 0) continue;
    if (verified !== count) throw new Error(`${what}: ${verified} of ${count} sign-ins were found to work`);
    break;
  }
  const seconds = (performance.now() - begun) / 1000;
  await Promise.all(workers.map((worker) => worker.ask("stop")));
  const { most, unknown } = await servers.ask<{ most: number; unknown: number }>("counters");
  if (unknown > 0) throw new Error(`${what}: ${unknown} calls that a check does not make`);
  tell(`${what}: ${(count / seconds).toFixed(1)} checks/s`);
  const cpuSeconds = (await cpuOf(workers)) - cpuBefore;
  return { what, seconds, perSecond: count / seconds, cpuSeconds, most };
}

async function cpuOf(workers: readonly BenchProcess[]): Promise<number> {
  const all = await Promise.all(workers.map((worker) => worker.ask<number>("cpu")));
  return all.reduce((sum, one) => sum + one, 0);
}

/** The same calls in the same order, one after the other within a check, on connections that are kept. */
async function bare(servers: BenchProcess, { calls, origins }: Answering): Promise<RecheckFigures> {
  await servers.ask("counters");
  const begun = performance.now();
  await Promise.all(
    origins.flatMap((origin, server) => {
      const agent = new Agent({ keepAlive: true, maxSockets: perServer });
      let next = server;
      return Array.from({ length: perServer }, async () => {
        for (;;) {
          const at = next;
          next += origins.length;
          if (at >= count) return;
          const user = `robin-${at}-of-many`;
          for (const call of calls) await get(agent, origin, call, user);
        }
      });
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  const { most } = await servers.ask<{ most: number }>("counters");
  tell(`bare client: ${(count / seconds).toFixed(1)} checks/s`);
  return { what: "bare client", seconds, perSecond: count / seconds, cpuSeconds: null, most };
}

function get(agent: Agent, origin: string, { path, isSignedIn }: CheckCall, user: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${user}:password`).toString("base64")}`;
  return new Promise((resolve, reject) => {
    const url = new URL(path.replaceAll("jcitizen", user), origin);
    request(url, { agent, headers: isSignedIn ? { authorization } : {} }, (response) => {
      response.resume();
      response.on("end", () => resolve());
    })
      .on("error", reject)
      .end();
  });
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}
