import { availableParallelism } from "node:os";
import type { AuthenticateResult, Measured } from "./authenticate";
import type { Round } from "./load";
import type { Weight } from "./page-weight";
import { type Spread, spreadOf } from "./statistics";
import { renderTable } from "./table";

/** The comparison as Markdown: one column per page, medians with the rounds' minimum and maximum, and a conclusion. */
export function reportAuthenticate(result: AuthenticateResult): string {
  const { pages, database, transactionsPerRequest } = result;
  const row = (label: string, cell: (page: Measured) => string) => [label, ...pages.map(cell)];
  const rows = [
    row("requests per second", ({ rounds }) => spread(rounds, "perSecond", 0)),
    row("share of the smallest page's", (page) => share(page, pages[0], "perSecond")),
    row("latency p50, ms", ({ rounds }) => spread(rounds, "p50", 1)),
    row("latency p95, ms", ({ rounds }) => spread(rounds, "p95", 1)),
    row("latency p99, ms", ({ rounds }) => spread(rounds, "p99", 1)),
    row("processor time of the server, ms", ({ rounds }) => spread(rounds, "cpuMs", 1)),
    row("times the smallest page's", (page) => share(page, pages[0], "cpuMs")),
    row("first content in a cold Chromium, ms", ({ visibleMs }) => spreadText(spreadOf(visibleMs), 0)),
    row("HTML, gzip (raw), kB", ({ weight }) => weightOf(weight.html)),
    row("JavaScript of the page, gzip (raw), kB", ({ weight }) => weightOf(weight.scripts)),
    row("JavaScript fetched ahead, gzip (raw), kB", ({ weight }) => weightOf(weight.scriptsAhead)),
    row("requests for pages ahead", ({ weight }) => String(weight.pagesAhead)),
  ];
  return `# The hot pages beside the smallest dynamic Next.js page

Median (least to most) of ${pages[0]?.rounds.length} rounds of each page in turn, 10 connections, on ${availableParallelism()} cores that the load
generator shares. Database: ${database}. JavaScript and what is fetched ahead: counted in Chromium with an empty cache.

${renderTable(["", ...pages.map(({ name }) => name)], rows)}

${conclusion(pages)}${
  transactionsPerRequest === null
    ? ""
    : ` The portal made ${transactionsPerRequest.toFixed(1)} database
transactions per counted request, its start and the requests cut off at the end of a round included.`
}
Where the time goes: [notes](../authenticate-notes.md).
`;
}

function conclusion(pages: readonly Measured[]): string {
  const [smallest, empty, full] = pages;
  if (!smallest || !empty || !full) return "";
  const cost = (page: Measured) => spreadOf(page.rounds.map(({ cpuMs }) => cpuMs)).median;
  const script = full.weight.scripts.transferred - smallest.weight.scripts.transferred;
  return `The smallest page costs the server ${cost(smallest).toFixed(1)} ms of a processor, the screen without tiles ${cost(empty).toFixed(1)} ms and with 24 tiles
${cost(full).toFixed(1)} ms: ${((cost(full) - cost(empty)) / 24).toFixed(2)} ms a tile. Its JavaScript is ${kilobytes(script)} kB more than the framework's own.`;
}

function spread(rounds: readonly Round[], measure: keyof Round, digits: number): string {
  return spreadText(spreadOf(rounds.map((round) => round[measure])), digits);
}

// Of neighbouring rounds, because other load on the machine comes and goes.
function share(page: Measured, smallest: Measured | undefined, measure: keyof Round): string {
  const shares = page.rounds.map(
    (round, index) => round[measure] / (smallest?.rounds[index]?.[measure] ?? Number.NaN),
  );
  return spreadText(spreadOf(shares), 2);
}

function spreadText({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}

function weightOf({ transferred, decoded }: Weight): string {
  return decoded === 0 ? "none" : `${kilobytes(transferred)} (${kilobytes(decoded)})`;
}

function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(1);
}
