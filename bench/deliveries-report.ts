import { availableParallelism } from "node:os";
import { type DeliveriesResult, delayMs } from "./deliveries";
import { renderTable } from "./table";

const grouped = (count: number) => Math.round(count).toLocaleString("en");
const megabytes = (bytes: number) => `+${(bytes / 1e6).toFixed(0)}`;

/** Writing to a server beside a bare loop, as Markdown. */
export function reportDeliveries({ count, loads, figures, grown }: DeliveriesResult): string {
  const loaded = `${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}`;
  const rows = figures.map((one) => [
    `${one.written}, ${one.writer}`,
    one.barePerSecond.toFixed(1),
    one.perSecond.toFixed(1),
    (one.perSecond / one.barePerSecond).toFixed(2),
    String(one.mostAtOnce),
    ((one.cpuSeconds * 1000) / count).toFixed(1),
    megabytes(one.growthBytes),
    one.againSeconds.toFixed(1),
  ]);
  const heads = [
    "what",
    "bare, per s",
    "engine, per s",
    "of bare",
    "calls at once",
    "CPU, ms each",
    "memory, MB",
    "second run, s",
  ];
  return `# Writing to a server

${grouped(count)} records each, on a server in a process of its own that answers after ${delayMs} ms, on ${availableParallelism()} cores that everything
shares. The bare loop sends the same calls over two connections and stores nothing; it takes turns with the engine. The
aim is 0.90 of it. Load of the machine (1 minute) before each: ${loaded}. The second run sends nothing.

${renderTable(heads, rows)}

${
  grown.length === 0
    ? ""
    : renderTable(
        ["one run, answers at once", "records", "per s", "memory, MB"],
        grown.map((one) => [
          one.writer,
          grouped(one.records),
          grouped(one.perSecond),
          megabytes(one.growthBytes),
        ]),
      )
}
`;
}
