import type { Metadata } from "next";
import { ConfirmDelivery } from "@/components/deliveries/confirm-delivery";
import { RefreshWhileActive } from "@/components/runs/refresh-while-active";
import { RunCard } from "@/components/runs/run-card";
import { isActive } from "@/components/runs/run-looks";
import { EmptyState } from "@/components/ui/empty-state";
import { database } from "@/lib/db/client";
import { confirmDeliveryAction } from "@/lib/deliveries/actions";
import { dryRunPath } from "@/lib/deliveries/paths";
import { cancelRunAction } from "@/lib/runs/actions";
import { findLatestDryRun } from "@/lib/runs/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { EndpointFrame } from "../endpoint-frame";
import { readDestination } from "../read-endpoint";
import { RunResults } from "../run-results";
import { findConfirmation } from "./find-confirmation";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<"result" | "key" | "after" | "before">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: `Dry run of ${(await readDestination(direction, id, "/dry-run")).endpoint.name}` };
}

export default async function DryRunPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const given = only(await searchParams);
  const { actor, endpoint } = await readDestination(direction, id, "/dry-run");
  const db = await database();
  const run = await findLatestDryRun(db, actor, endpoint.id);
  const confirmation = run && (await findConfirmation(db, actor, endpoint, run));
  return (
    <EndpointFrame endpoint={endpoint}>
      {run ? (
        <>
          <RunCard run={run} cancel={cancelRunAction} />
          {confirmation && <ConfirmDelivery action={confirmDeliveryAction} {...confirmation} />}
          <RunResults
            actor={actor}
            destination={endpoint}
            run={run}
            path={dryRunPath(endpoint.id)}
            given={given}
          />
          {isActive(run.state) && <RefreshWhileActive />}
        </>
      ) : (
        <EmptyState icon="list-checks" title="No dry run yet">
          A dry run does everything but send: it says which records would be sent, which stand there already
          and which are invalid, with the exact requests.
        </EmptyState>
      )}
    </EndpointFrame>
  );
}
