import { availableParallelism } from "node:os";
import type { DatasetsResult } from "./datasets";
import { renderTable } from "./table";

const numbers = new Intl.NumberFormat("en");
const grouped = (count: number) => numbers.format(Math.round(count));

/** Browsing at two sizes and the downloads of the larger one, as Markdown. */
export function reportDatasets({ database, small, large, browsed, downloaded }: DatasetsResult): string {
  const worst = Math.max(...browsed.map((page) => page.large / page.small));
  const growth = Math.max(...downloaded.map(({ growthBytes }) => growthBytes)) / 1e6;
  return `# Browsing and downloading a large data set

Database: ${database}, on ${availableParallelism()} cores that the client shares. Records are commits. Browsing: p50 of 60 requests one
after the other, both sizes in turn. Memory: the portal's resident memory at its highest, above that before the download.

${renderTable(
  ["page", `p50 at ${grouped(small)}, ms`, `p50 at ${grouped(large)}, ms`, "ratio"],
  browsed.map((page) => [
    page.name,
    page.small.toFixed(1),
    page.large.toFixed(1),
    (page.large / page.small).toFixed(2),
  ]),
)}

${renderTable(
  [`${grouped(large)} records as`, "records/s", "MB", "seconds", "memory, MB"],
  downloaded.map(({ format, seconds, bytes, growthBytes }) => [
    format,
    grouped(large / seconds),
    (bytes / 1e6).toFixed(1),
    seconds.toFixed(1),
    `+${(growthBytes / 1e6).toFixed(0)}`,
  ]),
)}

Browsing ${grouped(large)} records takes at most ${worst.toFixed(2)} times as long as ${grouped(small)}. A download adds at most ${growth.toFixed(0)} MB.
Where the time goes: [notes](../datasets-notes.md).
`;
}
