import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "undici";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import type { CheckCall } from "./rechecks-server";
import { type BenchProcess, startProcess } from "./source-process";
import { quantile } from "./statistics";

/** What every server takes for an answer. */
export const delayMs = 50;
/** So many that no limit per server and minute is reached. */
const serverCount = 10;
const rounds = Number(process.env.BENCH_SAVES || 60);
const warmUps = 5;

type Answering = { readonly calls: readonly CheckCall[]; readonly origins: readonly string[] };
type Counters = { readonly most: number; readonly unknown: number };
export type SaveFigures = {
  readonly what: string;
  readonly p50: number;
  readonly p95: number;
  /** Of the process that saves; null for the bare client. */
  readonly cpuMs: number | null;
  /** Calls at once to one server at most. */
  readonly most: number;
};
export type SaveResult = {
  readonly rounds: number;
  readonly calls: number;
  readonly bare: SaveFigures;
  readonly figures: SaveFigures[];
};

type Client = {
  readonly what: string;
  readonly save: (at: number) => Promise<number>;
  readonly cpu: () => Promise<number | null>;
};

/** Saves credentials one at a time, in turn with a bare client that makes the same calls. */
export async function measureSave(): Promise<SaveResult> {
  const servers = await startProcess("rechecks-server.ts");
  const answering = await servers.ask<Answering>("start", serverCount);
  const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const serverUrl = process.env.DATABASE_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const portals: BenchProcess[] = [];
  const portal = async (what: string, databaseUrl: string): Promise<Client> => {
    const { ask, ...one } = await startProcess("save-worker.ts", variables(databaseUrl, folder));
    portals.push({ ask, ...one });
    return {
      what,
      save: (at) => ask("save", { at, origin: originOf(answering, at) }),
      cpu: () => ask("cpu"),
    };
  };
  try {
    const clients: Client[] = [
      { what: "bare client", save: (at) => askBarely(answering, at), cpu: async () => null },
    ];
    if (database) clients.push(await portal("PostgreSQL", database.url));
    clients.push(await portal("embedded", ""));
    const [ofBare, ...figures] = await measureInTurn(clients, servers);
    if (!ofBare) throw new Error("nothing was measured");
    return { rounds, calls: answering.calls.length, bare: ofBare, figures };
  } finally {
    for (const one of portals) one.stop();
    servers.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

function variables(DATABASE_URL: string, DATA_DIR: string): Record<string, string> {
  return {
    ...generateKeys(),
    DATABASE_URL,
    DATA_DIR,
    EGRESS_LOOPBACK: "on",
    LOG_LEVEL: "error",
    APP_ORIGIN: "http://localhost:1",
  };
}

/** A round is one Save by each client, so that whatever else the machine does meets them all. */
async function measureInTurn(clients: readonly Client[], servers: BenchProcess): Promise<SaveFigures[]> {
  const kept = clients.map((client) => ({ client, times: [] as number[], most: 0, cpuMs: 0 }));
  for (let round = 0; round < warmUps + rounds; round += 1) {
    for (const one of kept) {
      const { client, times } = one;
      await servers.ask("counters");
      const cpuBefore = await client.cpu();
      const ms = await client.save(round);
      const cpuAfter = await client.cpu();
      const { most, unknown } = await servers.ask<Counters>("counters");
      if (unknown > 0) throw new Error(`${client.what}: ${unknown} calls that a check does not make`);
      if (round < warmUps) continue;
      times.push(ms);
      one.most = Math.max(one.most, most);
      one.cpuMs += ((cpuAfter ?? 0) - (cpuBefore ?? 0)) * 1000;
    }
  }
  return kept.map(({ client, times, most, cpuMs }) => ({
    what: client.what,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    cpuMs: cpuMs === 0 ? null : cpuMs / times.length,
    most,
  }));
}

/** The calls up to the sign-in one after the other, then all others at once, on connections of its own. */
async function askBarely(answering: Answering, at: number): Promise<number> {
  const begun = performance.now();
  const pool = new Pool(originOf(answering, at), { pipelining: 1 });
  const user = `robin-${at}-of-many`;
  const authorization = `Basic ${Buffer.from(`${user}:password`).toString("base64")}`;
  const get = async ({ path, isSignedIn }: CheckCall) => {
    const headers = isSignedIn ? { authorization } : {};
    const answer = await pool.request({ method: "GET", path: path.replaceAll("jcitizen", user), headers });
    await answer.body.dump();
  };
  const { calls } = answering;
  const signIn = calls.findIndex(({ isSignedIn }) => isSignedIn);
  for (const call of calls.slice(0, signIn + 1)) await get(call);
  await Promise.all(calls.slice(signIn + 1).map(get));
  const ms = performance.now() - begun;
  await pool.close();
  return ms;
}

function originOf({ origins }: Answering, at: number): string {
  return origins[at % origins.length] ?? "";
}
