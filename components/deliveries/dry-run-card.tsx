import { RunBadge } from "@/components/runs/run-badge";
import { isActive } from "@/components/runs/run-looks";
import { Section } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { TimeAgo } from "@/components/ui/time-ago";
import { dryRunPath } from "@/lib/deliveries/paths";
import type { RunSummary } from "@/lib/runs/types";
import { describeRun } from "@/lib/runs/words";

type Props = { endpointId: string; run: RunSummary | null; now: Date };

/** The latest dry run, on the destination's own page; nothing without one. */
export function DryRunCard({ endpointId, run, now }: Props) {
  if (!run) return null;
  return (
    <Section
      title="Latest dry run"
      aside={<TimeAgo at={run.endedAt ?? run.createdAt} now={now.toISOString()} />}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <RunBadge state={run.state} />
        {!isActive(run.state) && <p className="min-w-0 flex-1 basis-56">{describeRun(run).sentence}</p>}
        <Link href={dryRunPath(endpointId)} className="font-medium text-accent underline underline-offset-4">
          What would be sent
        </Link>
      </div>
    </Section>
  );
}
