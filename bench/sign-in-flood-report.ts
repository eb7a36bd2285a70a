import { availableParallelism } from "node:os";
import type { FloodWindow, SignInFloodResult } from "./sign-in-flood";
import { quantile, spreadOf } from "./statistics";
import { renderTable } from "./table";

const allowed = 3;

/**
 * The comparison as Markdown: the screen's times idle and under the floods, medians of the rounds with their spread.
 */
export function reportSignInFlood({ database, connections, idle, one, many }: SignInFloodResult): string {
  const row = (label: string, cell: (windows: readonly FloodWindow[]) => string) => [
    label,
    cell(idle),
    cell(one),
    cell(many),
  ];
  const latency = (share: number) => (windows: readonly FloodWindow[]) =>
    spread(windows.map(({ times }) => quantile(times, share)));
  const answered = (isCounted: (status: string) => boolean) => (windows: readonly FloodWindow[]) =>
    spread(windows.map(({ answers }) => sumOf(answers, isCounted)));
  const rows = [
    row("latency p50, ms", latency(0.5)),
    row("latency p95, ms", latency(0.95)),
    row("slowest, ms", latency(1)),
    row("share of a processor that the portal uses, %", (windows) =>
      spread(windows.map(({ cpuShare }) => cpuShare * 100)),
    ),
    row(
      "sign-ins answered",
      answered(() => true),
    ),
    row(
      "of them 503",
      answered((status) => status === "503"),
    ),
    row(
      "neither 303 nor 503",
      answered((status) => status !== "303" && status !== "503"),
    ),
  ];
  const [ofOne, ofMany] = [p95(one) / p95(idle), p95(many) / p95(idle)];
  const isMet = ofOne <= allowed && ofMany <= allowed;
  return `# The Authenticate screen under a flood of sign-ins

The screen with 24 tiles, asked for 10 times a second, on ${availableParallelism()} cores that the load generator and the flood share: median
(least to most) of ${idle.length} rounds, idle and under each flood in turns. Database: ${database}. ${connections} connections sign in with
wrong passwords, each again as soon as it is answered, from one address and from a new address each time.

${renderTable(["", "idle", `${connections} from one address`, `${connections} from many`], rows)}

The p95 is ${ofOne.toFixed(2)} times its idle value under the flood from one address and ${ofMany.toFixed(2)} times under that from many. At most ${allowed} is
demanded, which is ${isMet ? "met" : "NOT met"}. How it is measured, and what keeps it so: [notes](../sign-in-flood-notes.md).
`;
}

function sumOf(answers: Record<string, number>, isCounted: (status: string) => boolean): number {
  return Object.entries(answers).reduce((sum, [status, count]) => (isCounted(status) ? sum + count : sum), 0);
}

function p95(windows: readonly FloodWindow[]): number {
  return spreadOf(windows.map(({ times }) => quantile(times, 0.95))).median;
}

function spread(values: readonly number[]): string {
  const { median, least, most } = spreadOf(values);
  return `${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`;
}
