import { RowList } from "@/components/ui/card";
import { PageLinks, TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { PagePaths } from "@/lib/paths";
import { resultsInWords } from "@/lib/runs/delivery-words";
import { runPages } from "@/lib/runs/run-page";
import type { RunSummary } from "@/lib/runs/types";
import { countOf, grouped } from "@/lib/text/count-of";
import { durationInWords } from "@/lib/text/duration";
import { RunBadge } from "./run-badge";
import { isActive } from "./run-looks";
import { progressOf } from "./run-progress";

type Props = { runs: readonly RunSummary[]; pages: PagePaths; now: Date };

/** The runs of a source or destination, newest first. */
export function RunList({ runs, pages, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList aria-label="Runs">
        {runs.map((run) => (
          <li
            key={run.id}
            className="grid gap-x-6 gap-y-2 px-5 py-4 text-sm sm:grid-cols-[minmax(0,1.1fr)_minmax(0,1.4fr)_8rem] sm:items-center"
          >
            <div className="flex min-w-0 flex-col gap-0.5">
              <TitleLink href={runPages(run).run}>
                <TimeAgo at={run.createdAt} now={now.toISOString()} />
              </TitleLink>
              <span className="text-muted wrap-anywhere">{startedBy(run)}</span>
            </div>
            <div className="flex min-w-0 flex-col gap-0.5 tabular-nums">
              {run.kind === "read" ? <ReadInWords run={run} /> : <SentInWords run={run} />}
            </div>
            <div className="flex items-center gap-3 sm:flex-col sm:items-end sm:gap-1">
              <RunBadge state={run.state} />
              <span className="whitespace-nowrap text-muted tabular-nums">{lengthInWords(run, now)}</span>
            </div>
          </li>
        ))}
      </RowList>
      <PageLinks paths={pages} />
    </div>
  );
}

function ReadInWords({ run }: { run: RunSummary }) {
  return (
    <>
      <span>{countOf(run.records.received, "record")} read</span>
      <span className="text-muted">{changesInWords(run)}</span>
    </>
  );
}

function SentInWords({ run: { deliveries, kind } }: { run: RunSummary }) {
  const isDry = kind === "dry-run";
  return (
    <>
      <span>{isDry ? "Dry run" : `${countOf(deliveries.sent, "record")} sent`}</span>
      <span className="text-muted">
        {deliveries.taken === 0 ? "no record yet" : resultsInWords(deliveries, isDry)}
      </span>
    </>
  );
}

/** Who or what started a run, and what it reads. */
function startedBy({ trigger, requestedBy, mode, kind }: RunSummary): string {
  const by = trigger === "schedule" ? "by schedule" : `by ${requestedBy ?? "a former user"}`;
  if (kind === "dry-run") return by;
  return mode === "all" ? `${by} · ${kind === "read" ? "everything" : "all records"}` : by;
}

function changesInWords({ records: { added, changed, deleted } }: RunSummary): string {
  if (added + changed + deleted === 0) return "nothing new";
  const parts = [`${grouped(added)} new`, `${grouped(changed)} changed`, `${grouped(deleted)} deleted`];
  return parts.join(" · ");
}

function lengthInWords(run: RunSummary, now: Date): string {
  const { elapsedMs } = progressOf(run, now);
  if (elapsedMs === null) return "not started";
  return isActive(run.state) ? `for ${durationInWords(elapsedMs)}` : durationInWords(elapsedMs);
}
