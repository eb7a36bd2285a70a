import { availableParallelism } from "node:os";
import { delayMs, perServer, type RechecksResult, serverCount } from "./rechecks";
import { renderTable } from "./table";

/** Re-checks beside a bare client, as Markdown. */
export function reportRechecks({ count, calls, ceiling, figures }: RechecksResult): string {
  const rows = [ceiling, ...figures].map(({ what, perSecond, cpuSeconds, most }) => [
    what,
    perSecond.toFixed(1),
    (perSecond / ceiling.perSecond).toFixed(2),
    cpuSeconds === null ? "" : ((cpuSeconds * 1000) / count).toFixed(1),
    String(most),
  ]);
  const heads = ["what", "checks/s", "of bare", "CPU, ms each", "calls at once per server"];
  return `# Re-checks

${count.toLocaleString("en")} credentials, each of an account of its own, all due at once, on ${serverCount} servers that answer after ${delayMs} ms, on
${availableParallelism()} cores that everything shares. A check makes ${calls} calls. The bare client makes the same calls one after the other,
${perServer} checks at a time per server, and stores nothing. The aim is 0.70 of it with one worker, and no less with two.

${renderTable(heads, rows)}
`;
}
