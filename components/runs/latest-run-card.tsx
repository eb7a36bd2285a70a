import type { ReactNode } from "react";
import { Section } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { runPages } from "@/lib/runs/run-page";
import type { RunSummary } from "@/lib/runs/types";
import { isActive } from "./run-looks";
import { RunNow } from "./run-now";
import { RunNumbers } from "./run-numbers";
import { RunStatus } from "./run-status";

type Props = {
  /** Null before the first one. */
  run: RunSummary | null;
  now: Date;
  /** Reads everything again. Null for users who may not start a run, while none may run, and for destinations. */
  start: FormAction<unknown> | null;
  /** Said before the first run. */
  children: ReactNode;
};

/** The newest run on the page of its source or destination. */
export function LatestRunCard({ run, now, start, children }: Props) {
  if (!run) {
    return (
      <Section title="Latest run">
        <p className="text-sm text-muted">{children}</p>
      </Section>
    );
  }
  const pages = runPages(run);
  const link = "font-medium text-accent underline underline-offset-4";
  return (
    <Section
      title="Latest run"
      aside={
        <>
          {run.endedAt ? "ended " : "asked for "}
          <TimeAgo at={run.endedAt ?? run.createdAt} now={now.toISOString()} />
        </>
      }
    >
      <RunStatus run={run} />
      <RunNumbers run={run} now={now} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <Link href={pages.run} className={link}>
          This run in full
        </Link>
        <Link href={pages.all} className={link}>
          All runs
        </Link>
        {start && !isActive(run.state) && (
          <span className="sm:ml-auto">
            <RunNow action={start} fields={{ sourceId: run.endpointId, mode: "all" }} look="quiet">
              Read everything again
            </RunNow>
          </span>
        )}
      </div>
    </Section>
  );
}
