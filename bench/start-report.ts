import { availableParallelism } from "node:os";
import type { Started } from "./start";
import { quantile, spreadOf } from "./statistics";
import { renderTable } from "./table";

const aims: Record<string, number> = { PostgreSQL: 2, embedded: 3.5 };

/** Times from the start of a process to its first answer, as Markdown. */
export function reportStart(started: readonly Started[]): string {
  const smallest = quantile(started[0]?.ms ?? [], 0.5);
  const rows = started.map(({ name, ms }) => {
    const { median, least, most } = spreadOf(ms);
    const spread = `${median.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`;
    return [name, spread, (median / smallest).toFixed(2), String(aims[name] ?? "")];
  });
  return `# From the start to the first answer

Milliseconds from the start of the process to the end of its first answer, median (least to most) of ${started[0]?.ms.length ?? 0} starts in turn,
on ${availableParallelism()} cores. The portal starts on a database that exists, and answers with the page of sign-up; the smallest
server has one page.

${renderTable(["what", "ms", "of smallest", "aim, at most"], rows)}
`;
}
