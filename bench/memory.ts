import autocannon from "autocannon";
import { type BenchPortal, startBenchPortal } from "./bench-portal";
import { memoryOf } from "./memory-of";
import { quantile } from "./statistics";
import { makeUser } from "./tile-maker";

const pages = [
  "/",
  "/credentials",
  "/sources/new/bitbucket-server",
  "/sources",
  "/destinations",
  "/teams",
  "/none",
];
const marks = (process.env.BENCH_REQUESTS ?? "1000,10000,50000").split(",").map(Number);
const connections = 10;
const samples = 10;

/** Resident memory in bytes after that many requests. */
export type Remembered = { readonly requests: number; readonly rssBytes: number };
export type MemoryResult = {
  readonly database: BenchPortal["database"];
  readonly remembered: readonly Remembered[];
};

/** Requests the portal's pages in turn as one user with 24 credentials, and reads its memory after each mark. */
export async function measureMemory(): Promise<MemoryResult> {
  const portal = await startBenchPortal();
  try {
    const cookie = await makeUser(portal.origin, "Dora", 24);
    await portal.restart();
    const remembered: Remembered[] = [];
    let done = 0;
    for (const mark of marks) {
      process.stderr.write(`to ${mark} requests\n`);
      await request(portal.origin, cookie, mark - done);
      done = mark;
      remembered.push({ requests: mark, rssBytes: await settledBytes(portal.pid()) });
    }
    return { database: portal.database, remembered };
  } finally {
    await portal.remove();
  }
}

async function request(origin: string, cookie: string, amount: number): Promise<void> {
  const {
    errors,
    timeouts,
    "5xx": failed,
  } = await autocannon({
    url: origin,
    connections,
    amount,
    headers: { cookie, "accept-encoding": "gzip" },
    requests: pages.map((path) => ({ path })),
  });
  if (errors + timeouts + failed > 0)
    throw new Error(`${errors} errors, ${timeouts} time-outs, ${failed} failed`);
}

// The median of some seconds without requests: a collection may be under way.
async function settledBytes(pid: number): Promise<number> {
  const read: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    read.push(memoryOf(pid).rssBytes);
  }
  return quantile(read, 0.5);
}
