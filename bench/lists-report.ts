import { availableParallelism } from "node:os";
import type { ListsResult } from "./lists";
import { renderTable } from "./table";

/** The lists' queries in a small and a large portal, and what the large one reads for them, as Markdown. */
export function reportLists({ counts: [small, large], times, plans }: ListsResult): string {
  const ms = (value: number) => value.toFixed(2);
  const number = (value: number) => value.toLocaleString("en");
  const timeRows = times.map(({ reader, what, small: one, large: other }) => [
    `${reader}: ${what}`,
    ms(one),
    ms(other),
    (other / one).toFixed(2),
  ]);
  const planRows = plans.map(({ reader, what, ms: took, pages, rows }) => [
    `${reader}: ${what}`,
    ms(took),
    number(pages),
    number(rows),
  ]);
  return `# Lists

Median time of what the pages ask the database, in ms as the portal waits for it, in a portal of ${number(small)} credentials and
in one of ${number(large)}, asked in turn, on ${availableParallelism()} cores that everything shares. In the small one, the second reader sees half.

${renderTable(["query", number(small), number(large), "ratio"], timeRows)}

The plans of the same statements at ${number(large)}: EXPLAIN (ANALYZE, BUFFERS).

${renderTable(["query", "ms", "pages of 8 kB", "most rows in a step"], planRows)}
`;
}
