import { BarChart } from "@/components/ui/bar-chart";
import { Section } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { RunSummary } from "@/lib/runs/types";
import { stateTitles } from "@/lib/runs/words";
import { countOf, grouped } from "@/lib/text/count-of";
import { durationInWords } from "@/lib/text/duration";
import { isActive } from "./run-looks";
import { progressOf } from "./run-progress";

const shownRuns = 30;

/**
 * Records and duration of the newest runs that are over, as charts with their tables; nothing without such a run. Dry
 * runs send nothing, so they do not count.
 */
export function RunCharts({ runs, now }: { runs: readonly RunSummary[]; now: Date }) {
  const over = runs.filter(({ state, kind }) => !isActive(state) && kind !== "dry-run").slice(0, shownRuns);
  const rows = over.reverse().map((run) => ({
    id: run.id,
    at: run.createdAt,
    state: stateTitles[run.state],
    isPale: run.state === "failed" || run.state === "cancelled",
    records: run.kind === "read" ? run.records.received : run.deliveries.sent,
    ms: progressOf(run, now).elapsedMs ?? 0,
  }));
  if (rows.length === 0) return null;
  const isReading = over.every(({ kind }) => kind === "read");
  const charts = [
    { title: isReading ? "Records read" : "Records sent", read: (row: Row) => row.records, words: grouped },
    { title: "Duration", read: (row: Row) => row.ms, words: durationInWords },
  ];
  return (
    <Section
      title="Recent runs"
      aside={rows.length === 1 ? "one run" : `the last ${countOf(rows.length, "run")}, newest on the right`}
    >
      <div className="grid grid-cols-1 gap-6 sm:grid-cols-2">
        {charts.map(({ title, read, words }) => (
          <BarChart
            key={title}
            title={title}
            room={shownRuns}
            words={words}
            bars={rows.map((row) => ({
              id: row.id,
              value: read(row),
              label: `${row.at.slice(0, 16).replace("T", " ")} UTC: ${words(read(row))}, ${row.state.toLowerCase()}`,
              isPale: row.isPale,
            }))}
          >
            <ChartTable title={title} rows={rows} now={now} words={(row) => words(read(row))} />
          </BarChart>
        ))}
      </div>
    </Section>
  );
}

type Row = { id: string; at: string; state: string; isPale: boolean; records: number; ms: number };
type TableProps = { title: string; rows: readonly Row[]; now: Date; words: (row: Row) => string };

/** The values of a chart, newest first. */
function ChartTable({ title, rows, now, words }: TableProps) {
  return (
    <details className="text-sm">
      <summary className="cursor-pointer rounded-lg text-muted">
        As a table<span className="sr-only">: {title}</span>
      </summary>
      <table className="mt-2 w-full tabular-nums">
        <thead>
          <tr className="border-b border-line text-left text-muted">
            <th className="py-1 pr-3 font-medium">Run of</th>
            <th className="py-1 pr-3 font-medium">State</th>
            <th className="py-1 text-right font-medium">{title}</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.toReversed().map((row) => (
            <tr key={row.id}>
              <td className="py-1 pr-3">
                <TimeAgo at={row.at} now={now.toISOString()} />
              </td>
              <td className="py-1 pr-3">{row.state}</td>
              <td className="py-1 text-right">{words(row)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
