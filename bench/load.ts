import autocannon from "autocannon";
import { cpuTimeMs } from "./cpu-time";
import { quantile } from "./statistics";

/** A page to ask for: its address, and who asks. */
export type Target = { url: string; cookie: string };

/** What one round of load met; times in milliseconds. */
export type Round = {
  requests: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /** Processor time of the server per request: less at the mercy of the machine's other work than the clock, but not free of it. NaN where unknown. */
  cpuMs: number;
};

const connections = 10;

/**
 * Asks for one page as fast as it answers, over ten connections, as a browser would: kept alive and compressed. Throws
 * when any answer is not the page, because a redirect to the sign-in page is quick and proves nothing.
 */
export async function loadFor(seconds: number, { url, cookie }: Target, serverPid: number): Promise<Round> {
  const cpuBefore = cpuTimeMs(serverPid);
  const times: number[] = [];
  const outsiders = new Set<number>();
  const run = autocannon({
    url,
    connections,
    duration: seconds,
    headers: { "accept-encoding": "gzip", ...(cookie ? { cookie } : {}) },
  });
  run.on("response", (_client: unknown, status: number, _bytes: number, ms: number) => {
    times.push(ms);
    if (status !== 200) outsiders.add(status);
  });
  const { errors, timeouts, duration } = await run;
  if (outsiders.size > 0 || errors > 0 || timeouts > 0) {
    const found = [...outsiders].map((status) => `answers of ${status}`);
    throw new Error(`${url}: ${[...found, `${errors} errors`, `${timeouts} time-outs`].join(", ")}`);
  }
  return {
    requests: times.length,
    perSecond: times.length / duration,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
    cpuMs: (cpuTimeMs(serverPid) - cpuBefore) / times.length,
  };
}
