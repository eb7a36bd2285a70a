import { startBenchPortal } from "./bench-portal";
import { pathOf } from "./source-pages";
import { startProcess } from "./source-process";
import { quantile } from "./statistics";
import { makeUser } from "./tile-maker";

const holdings = { repositories: 4, commitsEach: 75_000 };
const requests = 100;
const settleMs = 3_000;

/** A page of the portal while a run writes to the same embedded database, and while nothing runs: p95 in milliseconds. */
export type Beside = { delayMs: number; busyMs: number; idleMs: number; requests: number };

/** Requests the list of sources one after the other, first beside a run, then idle. */
export async function measureBeside(delayMs: number): Promise<Beside> {
  process.stderr.write(`a page beside a run, answers after ${delayMs} ms\n`);
  const server = await startProcess("source-server.ts");
  const portal = await startBenchPortal({}, "");
  try {
    const origin = await server.ask<string>("origin");
    const cookie = await makeUser(portal.origin, "Dora", 0);
    const page = async () => {
      const from = performance.now();
      const answer = await fetch(`${portal.origin}/sources`, { headers: { cookie } });
      if (!(await answer.text()).includes("Commits")) throw new Error(`the page answered ${answer.status}`);
      return performance.now() - from;
    };
    await portal.restart(async (env) => {
      const reader = await startProcess("source-reader.ts", { EGRESS_LOOPBACK: "on", ...env });
      const baseUrls = [`${origin}${pathOf(holdings, delayMs)}`];
      await reader.ask("queueRuns", { email: "dora@example.com", baseUrls });
      reader.stop();
    });
    const isReading = async () => (await server.ask<{ calls: number }>("counters")).calls > 0;
    for (let round = 0; round < 10; round += 1) await page();
    const busy: number[] = [];
    await isReading();
    while (busy.length < requests) busy.push(await page());
    if (!(await isReading())) throw new Error("the run ended before the pages");
    for (let quiet = false; !quiet; quiet = !(await isReading()))
      await new Promise((resolve) => setTimeout(resolve, settleMs));
    const idle: number[] = [];
    while (idle.length < requests) idle.push(await page());
    process.stderr.write(
      `p95 ${Math.round(quantile(busy, 0.95))} ms busy, ${Math.round(quantile(idle, 0.95))} idle\n`,
    );
    return { delayMs, busyMs: quantile(busy, 0.95), idleMs: quantile(idle, 0.95), requests };
  } finally {
    server.stop();
    await portal.remove();
  }
}
