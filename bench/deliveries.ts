import { mkdtemp, rm } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { generateKeys } from "../e2e/portal-variables";
import { makeTestDatabase } from "../lib/testing/database-kinds";
import type { BareWriting, BareWritten } from "./deliveries-bare";
import type { Written } from "./deliveries-kinds";
import type { EngineWritten } from "./deliveries-writer";
import { type BenchProcess, startProcess } from "./source-process";

const count = Number(process.env.BENCH_RECORDS || 10_000);
const manyRecords = Number(process.env.BENCH_MANY_RECORDS || 200_000);
export const delayMs = 50;

export type Writer = "PostgreSQL" | "embedded";
export type WrittenFigures = EngineWritten & {
  readonly written: Written;
  readonly writer: Writer;
  readonly barePerSecond: number;
  readonly perSecond: number;
  readonly mostAtOnce: number;
};
export type DeliveriesResult = {
  readonly count: number;
  readonly loads: number[];
  readonly figures: WrittenFigures[];
  /** One long run without a delay. */
  readonly grown: {
    readonly writer: Writer;
    readonly records: number;
    readonly perSecond: number;
    readonly growthBytes: number;
  }[];
};

/** Writes the same records with a bare loop and with the engine, in turn; then many for the memory. */
export async function measureDeliveries(): Promise<DeliveriesResult> {
  const server = await startProcess("deliveries-server.ts");
  const origin = await server.ask<string>("origin");
  const bare = await startProcess("deliveries-bare.ts");
  const folder = await mkdtemp(join(tmpdir(), "latchkey-bench-"));
  const serverUrl = process.env.DATABASE_URL;
  const database = serverUrl ? await makeTestDatabase(serverUrl) : null;
  const writers = new Map<Writer, BenchProcess>();
  const open = async (writer: Writer, DATABASE_URL: string) => {
    const env = {
      EGRESS_LOOPBACK: "on",
      LOG_LEVEL: "warn",
      APP_ORIGIN: "http://localhost:1",
      ...generateKeys(),
    };
    writers.set(
      writer,
      await startProcess("deliveries-writer.ts", { ...env, DATABASE_URL, DATA_DIR: folder }),
    );
  };
  try {
    if (database) await open("PostgreSQL", database.url);
    await open("embedded", "");
    const loads: number[] = [];
    const figures: WrittenFigures[] = [];
    // Code is compiled and caches are filled.
    for (const own of writers.values()) await own.ask("write", { origin, written: "comments", count: 100 });
    for (const written of ["builds", "comments"] as const) {
      for (const [writer, own] of writers) {
        loads.push(loadavg()[0] ?? 0);
        const writing: BareWriting = { origin, written, count };
        const { seconds } = await bare.ask<BareWritten>("write", writing);
        await server.ask("counters");
        const run = await own.ask<EngineWritten>("write", writing);
        const { most } = await server.ask<{ most: number }>("counters");
        const one = {
          ...run,
          written,
          writer,
          barePerSecond: count / seconds,
          perSecond: count / run.seconds,
          mostAtOnce: most,
        };
        tell(`${written}, ${writer}: ${one.perSecond.toFixed(1)}/s, bare ${one.barePerSecond.toFixed(1)}/s`);
        figures.push(one);
      }
    }
    await server.ask("delay", 0);
    const grown: DeliveriesResult["grown"] = [];
    for (const [writer, own] of writers) {
      if (manyRecords === 0) break;
      const run = await own.ask<EngineWritten>("write", { origin, written: "builds", count: manyRecords });
      const perSecond = manyRecords / run.seconds;
      tell(
        `${manyRecords} records, ${writer}: ${perSecond.toFixed(0)}/s, +${(run.growthBytes / 1e6).toFixed(0)} MB`,
      );
      grown.push({ writer, records: manyRecords, perSecond, growthBytes: run.growthBytes });
    }
    return { count, loads, figures, grown };
  } finally {
    for (const one of [...writers.values(), bare, server]) one.stop();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
