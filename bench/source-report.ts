import { availableParallelism } from "node:os";
import type { Reader, SourceResult } from "./source";
import { renderTable } from "./table";

const numbers = new Intl.NumberFormat("en");
const grouped = (count: number) => numbers.format(Math.round(count));
const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

/** What the engine is to reach: a share of the bare loop's rate, or records per second where the server takes no time. */
const aims: Readonly<Record<number, Readonly<Record<Reader, string>>>> = {
  250: { PostgreSQL: "0.95", embedded: "0.90" },
  50: { PostgreSQL: "0.90", embedded: "0.65" },
  0: { PostgreSQL: "35,000/s", embedded: "20,000/s" },
};

/** Reading into both databases beside a bare loop, as Markdown. */
export function reportSource(result: SourceResult): string {
  const { rounds, loads, delays, smallPagesPerSecond, grown, beside, workers } = result;
  const loaded = `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`;
  const readers = ["PostgreSQL", "embedded"] as const;
  const rows = delays.flatMap(({ delayMs, barePerSecond, readers: of }) =>
    readers.flatMap((reader) => {
      const figures = of[reader];
      if (!figures) return [];
      const { perSecond, ofBare, cpuMsPerPage } = figures;
      return [
        [
          `${delayMs} ms, ${reader}`,
          ...[grouped(barePerSecond), grouped(perSecond), ofBare.toFixed(2), aims[delayMs]?.[reader] ?? ""],
          cpuMsPerPage.toFixed(1),
        ],
      ];
    }),
  );
  const atFifty = delays.find(({ delayMs }) => delayMs === 50)?.readers;
  const times = readers.flatMap((reader) => {
    const figures = atFifty?.[reader];
    return figures ? [`${(figures.perSecond / smallPagesPerSecond).toFixed(1)} (${reader})`] : [];
  });
  return `# Reading a source

Commits in pages of 1000 from a server in a process of its own, on ${availableParallelism()} cores that everything shares; ${rounds === 1 ? "one round" : `medians of ${rounds} rounds`} in
which the bare loop and the engine take turns. The bare loop reads and parses the same pages over two connections and
stores nothing. Load of the machine (1 minute) at the start of a round: ${loaded}; the bench itself is about 2 of it.

${renderTable(["answers after", "bare, records/s", "engine, records/s", "of bare", "aim", "CPU, ms/page"], rows)}

The bare loop with 25 records a page, at 50 ms: ${grouped(smallPagesPerSecond)} records/s. The engine is ${times.join(" and ")} times as fast; the aim is 15.

${renderTable(
  ["one run", "records", "records/s", "memory, MB"],
  grown.map(({ reader, records, perSecond, growthBytes }) => [
    reader,
    grouped(records),
    grouped(perSecond),
    `+${megabytes(growthBytes)}`,
  ]),
)}

${renderTable(
  ["the list of sources beside a run, embedded", "p95 busy, ms", "p95 idle, ms", "ratio"],
  beside.map(({ delayMs, busyMs, idleMs }) => [
    `answers after ${delayMs} ms`,
    busyMs.toFixed(0),
    idleMs.toFixed(0),
    (busyMs / idleMs).toFixed(1),
  ]),
)}

${
  workers.length === 0
    ? "Several workers need a database on a server."
    : renderTable(
        ["four runs at 250 ms", "workers", "records/s", "calls too many", "most calls at once per server"],
        workers.map((one) => [
          `${one.servers} ${one.servers === 1 ? "server" : "servers"}`,
          ...[one.workers, grouped(one.perSecond), one.callsMore, one.mostAtOnce].map(String),
        ]),
      )
}

What is measured and where the time goes: [notes](../source-notes.md).
`;
}
