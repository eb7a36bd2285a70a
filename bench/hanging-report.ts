import { availableParallelism } from "node:os";
import type { HangingResult, Window } from "./hanging";
import { quantile, spreadOf } from "./statistics";
import { renderTable } from "./table";

/**
 * The comparison as Markdown: the screen's times idle and under held checks, medians of the rounds with their spread.
 */
export function reportHanging({ database, idle, held, fewestHeld }: HangingResult): string {
  const row = (label: string, cell: (windows: readonly Window[]) => string) => [
    label,
    cell(idle),
    cell(held),
  ];
  const latency = (share: number) => (windows: readonly Window[]) =>
    spread(windows.map(({ times }) => quantile(times, share)));
  const rows = [
    row("latency p50, ms", latency(0.5)),
    row("latency p95, ms", latency(0.95)),
    row("slowest, ms", latency(1)),
    row("share of a processor that the portal uses, %", (windows) =>
      spread(windows.map(({ cpuShare }) => cpuShare * 100)),
    ),
  ];
  const ratio = p95(held) / p95(idle);
  return `# The Authenticate screen while ${fewestHeld} servers hang

The screen with 24 tiles, asked for 10 times a second, on ${availableParallelism()} cores that the load generator and the servers share: median
(least to most) of ${idle.length} rounds, idle and under load in turns. Database: ${database}. In each round 25 people press Save for 20
servers each, within their limits; the servers answer a few bytes a second and hold every check for its whole 20 seconds.

${renderTable(["", "idle", `${fewestHeld} checks held`], rows)}

The p95 is ${ratio.toFixed(2)} times its idle value. Less than 2 is demanded, which is ${ratio < 2 && fewestHeld >= 500 ? "met" : "NOT met"}.
How it is measured, and what keeps it so: [notes](../hanging-notes.md).
`;
}

function p95(windows: readonly Window[]): number {
  return spreadOf(windows.map(({ times }) => quantile(times, 0.95))).median;
}

function spread(values: readonly number[]): string {
  const { median, least, most } = spreadOf(values);
  return `${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`;
}
