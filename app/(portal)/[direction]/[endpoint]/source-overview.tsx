import { DatasetCard } from "@/components/datasets/dataset-card";
import { LatestRunCard } from "@/components/runs/latest-run-card";
import { RefreshWhileActive } from "@/components/runs/refresh-while-active";
import { RunCharts } from "@/components/runs/run-charts";
import { isActive } from "@/components/runs/run-looks";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import type { Actor } from "@/lib/actor";
import { findGroupNews } from "@/lib/datasets/group-news";
import { database } from "@/lib/db/client";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { endpointPaths } from "@/lib/paths";
import { requestRunAction } from "@/lib/runs/actions";
import { listRuns } from "@/lib/runs/queries";

type Props = { actor: Actor; source: EndpointSummary };

/** What a source has read so far, and how its runs went. */
export async function SourceOverview({ actor, source }: Props) {
  const { id, role, settings, paused, stopped, refused, keepDeletedDays } = source;
  const [db, now] = [await database(), new Date()];
  const runs = (await listRuns(db, actor, id, null)).items;
  const [latest = null] = runs;
  if (settings === null && latest === null) return <NothingToRead source={source} />;
  const news = await findGroupNews(db, actor, id, now);
  const mayRun = !paused && !stopped && !refused;
  const start = mayOnEndpoint(role, "operate") && settings && mayRun ? requestRunAction : null;
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <LatestRunCard run={latest} now={now} start={start}>
        Nothing has been read yet.{start && " Run now reads everything once."}
      </LatestRunCard>
      {news && <DatasetCard sourceId={id} news={news} keepDeletedDays={keepDeletedDays} />}
      <RunCharts runs={runs} now={now} />
      {latest && isActive(latest.state) && <RefreshWhileActive />}
    </div>
  );
}

function NothingToRead({ source: { id, role, ownerName } }: { source: EndpointSummary }) {
  const mayEdit = mayOnEndpoint(role, "edit");
  return (
    <EmptyState
      icon="settings-2"
      title="It has nothing to read yet"
      action={
        mayEdit && (
          <ButtonLink href={endpointPaths("source", id).editData} look="primary">
            Choose what to read
          </ButtonLink>
        )
      }
    >
      This data source was saved before there was a choice.{" "}
      {mayEdit ? "Choose what it reads, and it can run." : `Ask ${ownerName} to choose what it reads.`}
    </EmptyState>
  );
}
