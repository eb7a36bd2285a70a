import { ActionButton } from "@/components/portal/action-button";
import { ButtonLink } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import { TimeAgo } from "@/components/ui/time-ago";
import type { FormAction } from "@/lib/action-result";
import { endpointTabs } from "@/lib/paths";
import type { RunDetails } from "@/lib/runs/types";
import { isActive } from "./run-looks";
import { RunNumbers } from "./run-numbers";
import { RunStatus } from "./run-status";

type Props = {
  run: RunDetails;
  cancel: FormAction<unknown>;
};

const titles: Readonly<Record<RunDetails["kind"], (mode: RunDetails["mode"]) => string>> = {
  read: (mode) => (mode === "all" ? "Run that reads everything" : "Run"),
  write: (mode) => (mode === "all" ? "Run with all records" : "Run"),
  "dry-run": () => "Dry run",
};

/** One run: its state, its numbers, and the button that ends it while it runs. */
export function RunCard({ run, cancel }: Props) {
  const mayCancel = run.mayCancel && isActive(run.state);
  return (
    <Section
      title={titles[run.kind](run.mode)}
      aside={
        <>
          {run.trigger === "schedule" ? "by schedule" : `by ${run.requestedBy ?? "a former user"}`},{" "}
          <TimeAgo at={run.createdAt} now={run.now} />
        </>
      }
    >
      <RunStatus run={run} />
      {run.goesOn && <p className="text-sm text-muted">It went on where an earlier run had stopped.</p>}
      <RunNumbers run={run} now={new Date(run.now)} />
      <div className="flex flex-wrap items-center gap-3">
        {mayCancel && !run.isCancelling && (
          <ActionButton action={cancel} fields={{ runId: run.id }}>
            Cancel
          </ActionButton>
        )}
        {run.kind === "read" && run.records.received > 0 && (
          <ButtonLink href={endpointTabs("source", run.endpointId).data}>Look at the data</ButtonLink>
        )}
      </div>
    </Section>
  );
}
