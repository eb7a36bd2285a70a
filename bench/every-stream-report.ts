import { availableParallelism } from "node:os";
import type { EveryStreamResult } from "./every-stream";
import { renderTable } from "./table";

const numbers = new Intl.NumberFormat("en");

/** What reading each stream of the large sandbox took, as Markdown. */
export function reportEveryStream({ database, streams }: EveryStreamResult): string {
  const worst = Math.max(...streams.map(({ calls, fewest }) => calls / fewest));
  const sum = (of: (one: EveryStreamResult["streams"][number]) => number) =>
    numbers.format(streams.reduce((total, one) => total + of(one), 0));
  return `# Every stream, read completely

Database: ${database}, on ${availableParallelism()} cores that the server of the sandbox shares. The large sandbox: 300 repositories,
200,000 commits, 20,000 pull requests. Where each pull request or commit costs a request, some repositories are read.
After each run the keys of all records are those that the server holds, found without the connector.

${renderTable(
  ["stream", "of", "records", "calls", "fewest", "ratio", "records/s", "calls again", "at most"],
  streams.map(({ stream, repositories, records, calls, fewest, seconds, again, mostAgain }) => [
    stream,
    repositories === null ? "everything" : `${repositories} repositories`,
    numbers.format(records),
    numbers.format(calls),
    numbers.format(fewest),
    (calls / fewest).toFixed(3),
    numbers.format(Math.round(records / seconds)),
    numbers.format(again),
    numbers.format(mostAgain),
  ]),
)}

In all ${sum(({ records }) => records)} records in ${sum(({ calls }) => calls)} calls; ${sum(({ twice }) => twice)} records came twice. The worst ratio to the fewest
calls is ${worst.toFixed(3)}. A second run, which finds nothing new, gave ${sum(({ changedAgain }) => changedAgain)} change numbers. “At most” is one call
for each repository and page of their list; snapshots and lists of pull requests are read whole.
`;
}
