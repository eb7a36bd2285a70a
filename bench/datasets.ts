import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { downloadFormats } from "../lib/datasets/download/request";
import { type BenchPortal, startBenchPortal } from "./bench-portal";
import { memoryOf } from "./memory-of";
import { quantile } from "./statistics";
import { makeUser } from "./tile-maker";

const root = join(import.meta.dirname, "..");
const small = 10_000;
const large = Number(process.env.BENCH_RECORDS || 1_000_000);
const browseRounds = 60;
const sampleMs = 50;

/** One browsed page: its p50 in milliseconds with few and with many records. */
export type Browsed = { name: string; small: number; large: number };
/** One download of the large data set. */
export type Downloaded = { format: string; seconds: number; bytes: number; growthBytes: number };
export type DatasetsResult = {
  database: BenchPortal["database"];
  small: number;
  large: number;
  browsed: Browsed[];
  downloaded: Downloaded[];
};

/** Measures browsing at two sizes in turn, then each download of the large one with the portal's memory. */
export async function measureDatasets(): Promise<DatasetsResult> {
  const portal = await startBenchPortal();
  try {
    const cookie = await makeUser(portal.origin, "Dora", 0);
    let ids: string[] = [];
    await portal.restart(async (env) => {
      ids = await fill(env);
    });
    const [few = "", many = ""] = ids.map((id) => `${portal.origin}/sources/${id}`);
    const get = (url: string) => fetch(url, { headers: { cookie } });
    const browsed: Browsed[] = [];
    for (const [name, search] of pages)
      browsed.push(await browse(get, name, `${few}/data${search}`, `${many}/data${search}`));
    const downloaded: Downloaded[] = [];
    for (const format of downloadFormats)
      downloaded.push(await download(get, portal, format, `${many}/data.${format}`));
    return { database: portal.database, small, large, browsed, downloaded };
  } finally {
    await portal.remove();
  }
}

const pages = [
  ["newest changes", ""],
  ["by key, from the middle", "?order=key&after=2"],
  ["a column's value that many have", "?column=repository_id&value=7"],
] as const;

async function fill(env: Record<string, string>): Promise<string[]> {
  const run = promisify(execFile);
  const script = ["--import", "tsx", "--conditions=react-server", "bench/datasets-fill.ts"];
  process.stderr.write(`storing ${small + large} records\n`);
  const { stdout } = await run(
    process.execPath,
    [...script, "dora@example.com", String(small), String(large)],
    {
      cwd: root,
      env: { ...process.env, ...env },
    },
  );
  return JSON.parse(stdout);
}

// In turn, so that other load on the machine affects both sizes alike.
async function browse(
  get: (url: string) => Promise<Response>,
  name: string,
  few: string,
  many: string,
): Promise<Browsed> {
  const times: Record<string, number[]> = { [few]: [], [many]: [] };
  for (let round = -5; round < browseRounds; round += 1) {
    for (const url of [few, many]) {
      const start = performance.now();
      const answer = await get(url);
      const html = await answer.text();
      if (answer.status !== 200 || !html.includes("<tbody"))
        throw new Error(`${url} answered ${answer.status}`);
      if (round >= 0) times[url]?.push(performance.now() - start);
    }
  }
  return { name, small: quantile(times[few] ?? [], 0.5), large: quantile(times[many] ?? [], 0.5) };
}

async function download(
  get: (url: string) => Promise<Response>,
  portal: BenchPortal,
  format: string,
  url: string,
): Promise<Downloaded> {
  process.stderr.write(`downloading ${format}\n`);
  const before = memoryOf(portal.pid()).rssBytes;
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, memoryOf(portal.pid()).rssBytes);
  }, sampleMs);
  const start = performance.now();
  let bytes = 0;
  try {
    const answer = await get(url);
    if (!answer.ok || !answer.body) throw new Error(`${url} answered ${answer.status}`);
    for await (const chunk of answer.body) bytes += chunk.length;
  } finally {
    clearInterval(sampling);
  }
  return { format, seconds: (performance.now() - start) / 1000, bytes, growthBytes: most - before };
}
