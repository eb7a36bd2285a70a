import type { runs } from "@/drizzle/schema";
import type { DeliveryCounts } from "@/lib/audit/run-events";
import type { DetailsOf } from "@/lib/audit/sentence-parts";

/** The counts of a run that its audit event keeps. */
export type RunCounts = Omit<DetailsOf<"run.ended">, "runId" | "name" | "state" | "reason">;

type Row = typeof runs.$inferSelect;

/** The counts of a run's row for its audit event. */
export function countsOf(run: Row): RunCounts {
  const { received, added, changed, deleted, calls, kind } = run;
  return {
    received,
    added,
    changed,
    deleted,
    skipped: run.partitionsSkipped,
    failed: run.partitionsFailed,
    calls,
    ...(kind === "read" ? {} : { kind, deliveries: deliveriesOf(run) }),
  };
}

/** The counts of the records that a destination's run took. */
export function deliveriesOf(run: Row): DeliveryCounts {
  const { taken, wouldSend, sent, alreadyThere, rejected, skipped, unknown, held } = run;
  return { taken, wouldSend, sent, alreadyThere, rejected, skipped, unknown, held };
}
