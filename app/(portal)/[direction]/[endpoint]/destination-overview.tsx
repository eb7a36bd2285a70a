import { DryRunCard } from "@/components/deliveries/dry-run-card";
import { LatestRunCard } from "@/components/runs/latest-run-card";
import { RefreshWhileActive } from "@/components/runs/refresh-while-active";
import { RunCharts } from "@/components/runs/run-charts";
import { isActive } from "@/components/runs/run-looks";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import type { Actor } from "@/lib/actor";
import { database } from "@/lib/db/client";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { endpointPaths } from "@/lib/paths";
import { findLatestDryRun, listRuns } from "@/lib/runs/queries";

type Props = { actor: Actor; destination: EndpointSummary };

/** What a destination has written so far, and how its runs went. */
export async function DestinationOverview({ actor, destination }: Props) {
  const { id, writing } = destination;
  const [db, now] = [await database(), new Date()];
  const runs = (await listRuns(db, actor, id, null)).items;
  if (writing === null && runs.length === 0) return <NothingToWrite destination={destination} />;
  const dryRun = await findLatestDryRun(db, actor, id);
  const latest = runs.find(({ kind }) => kind !== "dry-run") ?? null;
  const isBusy = runs.some(({ state }) => isActive(state));
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <LatestRunCard run={latest} now={now} start={null}>
        Nothing has been sent yet. A dry run shows what would be.
      </LatestRunCard>
      <DryRunCard endpointId={id} run={dryRun} now={now} />
      <RunCharts runs={runs} now={now} />
      {isBusy && <RefreshWhileActive />}
    </div>
  );
}

function NothingToWrite({ destination: { id, role, ownerName } }: { destination: EndpointSummary }) {
  const mayEdit = mayOnEndpoint(role, "edit");
  return (
    <EmptyState
      icon="settings-2"
      title="It has nothing to write yet"
      action={
        mayEdit && (
          <ButtonLink href={endpointPaths("destination", id).editData} look="primary">
            Choose what to write
          </ButtonLink>
        )
      }
    >
      This data destination was saved before there was a choice.{" "}
      {mayEdit ? "Choose what it writes, and it can run." : `Ask ${ownerName} to choose what it writes.`}
    </EmptyState>
  );
}
