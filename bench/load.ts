import autocannon from "autocannon";
import { cpuTimeMs } from "./cpu-time";
import { quantile } from "./statistics";

/** A page under load: its address, and the user's cookie. */
export type Target = { url: string; cookie: string };

/** The measurements of one round; times in milliseconds. */
export type Round = {
  requests: number;
  perSecond: number;
  p50: number;
  p95: number;
  p99: number;
  /**
   * The server's processor time per request: less affected by other load on the machine than the clock. NaN if unknown.
   */
  cpuMs: number;
};

const connections = 10;

/**
 * Requests one page at full speed over ten connections, like a browser: kept alive and compressed. Throws if any
 * response is not the page, because a quick redirect to sign-in would prove nothing.
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
