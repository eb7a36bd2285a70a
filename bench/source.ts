import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import type { BareReading, BareResult } from "./source-bare";
import { type Beside, measureBeside } from "./source-beside";
import { type Holdings, pathOf } from "./source-pages";
import { type BenchProcess, startProcess } from "./source-process";
import type { EngineResult } from "./source-reader";
import { measureWorkers, type WorkersResult } from "./source-workers";
import { quantile } from "./statistics";

const rounds = Number(process.env.BENCH_ROUNDS || 3);
const manyRecords = Number(process.env.BENCH_RECORDS || 1_000_000);
const repositories = 4;

/** What is read at each time that the server takes for an answer. */
const readings: readonly { delayMs: number; holdings: Holdings }[] = [
  { delayMs: 250, holdings: { repositories, commitsEach: 20_000 } },
  { delayMs: 50, holdings: { repositories, commitsEach: 25_000 } },
  { delayMs: 0, holdings: { repositories, commitsEach: 30_000 } },
];
const fewPages = 200;

export type Reader = "PostgreSQL" | "embedded";
/** Medians of the rounds: records per second, and the share of the bare loop's in the same round. */
export type ReaderFigures = { perSecond: number; ofBare: number; cpuMsPerPage: number };
export type DelayFigures = {
  delayMs: number;
  barePerSecond: number;
  readers: Partial<Record<Reader, ReaderFigures>>;
};
export type SourceResult = {
  rounds: number;
  loads: number[];
  delays: DelayFigures[];
  /** The bare loop with 25 records a page at 50 ms. */
  smallPagesPerSecond: number;
  grown: { reader: Reader; records: number; growthBytes: number; perSecond: number }[];
  beside: Beside[];
  workers: WorkersResult[];
};

/** As `npm start` runs a portal. */
const asPortal = ["--max-semi-space-size=64"];

type Readers = ReadonlyMap<Reader, BenchProcess>;

/** Reads the same pages with a bare loop and with the engine, in turn; then the rest, one after the other. */
export async function measureSource(): Promise<SourceResult> {
  const server = await startProcess("source-server.ts");
  const origin = await server.ask<string>("origin");
  const bare = await startProcess("source-bare.ts");
  const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const serverUrl = process.env.DATABASE_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const env = {
    EGRESS_LOOPBACK: "on",
    LOG_LEVEL: "warn",
    APP_ORIGIN: "http://localhost:1",
    ...generateKeys(),
  };
  const readers = new Map<Reader, BenchProcess>();
  const open = async (reader: Reader, own: Record<string, string>) => {
    readers.set(reader, await startProcess("source-reader.ts", { ...env, ...own }, asPortal));
    await readers.get(reader)?.ask("open");
  };
  try {
    if (database) await open("PostgreSQL", { DATABASE_URL: database.url, DATA_DIR: folder });
    await open("embedded", { DATABASE_URL: "", DATA_DIR: folder });
    const loads: number[] = [];
    const delays = await compare({ origin, bare, readers, loads });
    const small: BareReading = { origin, repositories, limit: 25, mostPages: fewPages, basePath: fifty() };
    const { records, seconds } = await bare.ask<BareResult>("read", small);
    const grown = await grow(origin, readers);
    for (const one of [...readers.values(), bare]) one.stop();
    const beside = [await measureBeside(50), await measureBeside(0)];
    const workers = serverUrl ? await measureWorkers(serverUrl, env) : [];
    return { rounds, loads, delays, smallPagesPerSecond: records / seconds, grown, beside, workers };
  } finally {
    for (const one of [...readers.values(), bare, server]) one.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

function fifty(): string {
  return pathOf({ repositories, commitsEach: 25_000 }, 50);
}

async function compare({
  origin,
  bare,
  readers,
  loads,
}: {
  origin: string;
  bare: BenchProcess;
  readers: Readers;
  loads: number[];
}): Promise<DelayFigures[]> {
  // Code is compiled, caches are filled, and the page server has made its pages.
  for (const { holdings, delayMs } of readings.slice(2)) {
    const basePath = pathOf(holdings, delayMs);
    await bare.ask("read", { origin, basePath, repositories, limit: 1000 });
    for (const own of readers.values()) await own.ask("read", [`${origin}${basePath}`]);
  }
  const figures: DelayFigures[] = [];
  for (const { delayMs, holdings } of readings) {
    const basePath = pathOf(holdings, delayMs);
    const bareRates: number[] = [];
    const of = new Map<Reader, ReaderFigures[]>();
    for (let round = 0; round < rounds; round += 1) {
      tell(`answers after ${delayMs} ms, round ${round + 1} of ${rounds}`);
      loads.push(loadavg()[0] ?? 0);
      const read = await bare.ask<BareResult>("read", { origin, basePath, repositories, limit: 1000 });
      const barePerSecond = read.records / read.seconds;
      bareRates.push(barePerSecond);
      for (const [reader, own] of readers) {
        const run = await own.ask<EngineResult>("read", [`${origin}${basePath}`]);
        const perSecond = run.records / run.seconds;
        const cpuMsPerPage = (run.cpuSeconds * 1e6) / run.records;
        const list = of.get(reader) ?? [];
        tell(`${reader}: ${Math.round(perSecond)} records/s, bare ${Math.round(barePerSecond)}`);
        list.push({ perSecond, ofBare: perSecond / barePerSecond, cpuMsPerPage });
        of.set(reader, list);
      }
    }
    const medians = [...of].map(([reader, list]) => [reader, medianOf(list)]);
    figures.push({
      delayMs,
      barePerSecond: quantile(bareRates, 0.5),
      readers: Object.fromEntries(medians),
    });
  }
  return figures;
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

function medianOf(list: readonly ReaderFigures[]): ReaderFigures {
  const median = (of: (one: ReaderFigures) => number) => quantile(list.map(of), 0.5);
  return {
    perSecond: median(({ perSecond }) => perSecond),
    ofBare: median(({ ofBare }) => ofBare),
    cpuMsPerPage: median(({ cpuMsPerPage }) => cpuMsPerPage),
  };
}

/** One long run for each database. */
async function grow(origin: string, readers: Readers): Promise<SourceResult["grown"]> {
  const grown: SourceResult["grown"] = [];
  const basePath = pathOf({ repositories: 10, commitsEach: manyRecords / 10 }, 0);
  for (const [reader, own] of readers) {
    tell(`${manyRecords} records, ${reader}`);
    const run = await own.ask<EngineResult>("read", [`${origin}${basePath}`]);
    const { records, growthBytes } = run;
    tell(`${Math.round(records / run.seconds)} records/s, +${Math.round(growthBytes / 1e6)} MB`);
    grown.push({ reader, records, growthBytes, perSecond: records / run.seconds });
  }
  return grown;
}
