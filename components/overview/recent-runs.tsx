import { RunBadge } from "@/components/runs/run-badge";
import { Section } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import { runPath } from "@/lib/paths";
import type { ToldRun } from "@/lib/runs/latest";

type Props = {
  runs: readonly ToldRun[];
  /** ISO 8601. */
  now: string;
};

/** The latest runs of all sources and destinations that the user sees. */
export function RecentRuns({ runs, now }: Props) {
  return (
    <Section title="Recent runs">
      {runs.length === 0 ? (
        <p className="text-sm text-muted">No run yet.</p>
      ) : (
        <ul aria-label="Recent runs" className="-my-2 flex flex-col divide-y divide-line">
          {runs.map(({ id, direction, name, run }) => {
            const icon = direction === "source" ? "arrow-down-to-line" : "arrow-up-from-line";
            return (
              <li
                key={run.id}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5 text-sm"
              >
                <span className="flex min-w-0 flex-1 basis-40 items-start gap-2">
                  <Icon name={icon} className="mt-0.75 size-3.5 shrink-0 text-muted" />
                  <span className="sr-only">Data {direction}: </span>
                  <TitleLink href={runPath(direction, id, run.id)} className="line-clamp-2" title={name}>
                    {name}
                  </TitleLink>
                </span>
                <span className="flex items-center gap-2 text-muted">
                  <RunBadge state={run.state} />
                  <TimeAgo at={run.createdAt} now={now} />
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Section>
  );
}
