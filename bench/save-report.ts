import { availableParallelism } from "node:os";
import { delayMs, type SaveResult } from "./save";
import { renderTable } from "./table";

/** Save beside a bare client, as Markdown. */
export function reportSave({ rounds, calls, bare, figures }: SaveResult): string {
  const mayTakeMs = 1.3 * bare.p50 + 80;
  const rows = [bare, ...figures].map(({ what, p50, p95, cpuMs, most }) => [
    what,
    p50.toFixed(0),
    p95.toFixed(0),
    (p50 / bare.p50).toFixed(2),
    what === bare.what ? "" : (p50 / mayTakeMs).toFixed(2),
    cpuMs === null ? "" : cpuMs.toFixed(0),
    String(most),
  ]);
  const heads = ["what", "p50, ms", "p95, ms", "of bare", "of the goal", "CPU, ms each", "calls at once"];
  return `# Save

${rounds} credentials, saved one at a time by the function behind the form, at servers that answer after ${delayMs} ms, on
${availableParallelism()} cores that everything shares. The bare client makes the same ${calls} calls on connections of its own: one after the other
up to the sign-in, all others at once. It reads nothing and stores nothing. The goal is 1.3 times the bare client and
80 ms, which is ${mayTakeMs.toFixed(0)} ms here.

${renderTable(heads, rows)}
`;
}
