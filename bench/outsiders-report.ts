import { type Group, groups, type OutsidersResult } from "./outsiders";
import { quantile, shareSlower } from "./statistics";
import { renderTable } from "./table";

/** The comparison as Markdown: each page's times by kind of id, and how well the times distinguish the kinds. */
export function reportOutsiders({ database, pages }: OutsidersResult): string {
  const rows = pages.flatMap(({ page, times }) =>
    groups.map((group) => [
      `${page}, ${group}`,
      ...[0.1, 0.5, 0.9].map((share) => quantile(times[group], share).toFixed(2)),
      group === "nothing" ? "" : percent(shareSlower(times[group], times.nothing)),
    ]),
  );
  const count = pages[0]?.times.nothing.length ?? 0;
  const told = (group: Group) =>
    Math.max(...pages.map(({ times }) => Math.abs(shareSlower(times[group], times.nothing) - 0.5)));
  // Two standard deviations of that share if both kinds are alike (Mann and Whitney).
  const noise = 2 * Math.sqrt((2 * count + 1) / (12 * count * count));
  const isAlike = told("another's") <= Math.max(noise, told("nothing, once more"));
  return `# Pages of another's credential and of none

Asked for by somebody who sees none of them: ${count} requests for each kind of id and page, one at a time, the kinds in turns.
Database: ${database}. Times in milliseconds. "Slower" is how often a request of that kind took longer than one for an id
that names nothing, of all pairs of two such requests: 50 % where time tells nothing. The second row of each page asks
for nothing once more, and so shows what the machine's own noise makes of two questions that are alike.

${renderTable(["page, id of", "p10", "p50", "p90", "slower"], rows)}

By chance alone two alike kinds differ from 50 % by up to ${percent(noise)} in 19 of 20 runs; another's id differed by
${percent(told("another's"))} at most, and the same question asked twice by ${percent(told("nothing, once more"))}. So time ${isAlike ? "does not tell" : "TELLS"} another's id from none.
`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
