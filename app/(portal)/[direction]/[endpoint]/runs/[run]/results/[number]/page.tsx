import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { DeliveryDetails } from "@/components/deliveries/delivery-details";
import { endpointsCrumb } from "@/components/portal/crumbs";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { database } from "@/lib/db/client";
import { findDelivery } from "@/lib/deliveries/queries";
import { endpointPath, runPath } from "@/lib/paths";
import { findRun } from "@/lib/runs/queries";
import { readDestination } from "../../../../read-endpoint";
import { fieldLabels } from "../../../../run-results";

type Props = { params: Promise<{ direction: string; endpoint: string; run: string; number: string }> };

// Title and page need the same row, so the row is read once per request.
const readDelivery = cache(async (segment: string, id: string, runId: string, number: string) => {
  const tab = `/runs/${encodeURIComponent(runId)}/results/${encodeURIComponent(number)}`;
  const { actor, endpoint } = await readDestination(segment, id, tab);
  const db = await database();
  const run = (await findRun(db, actor, id, runId)) ?? notFound();
  const asked = /^\d{1,9}$/.test(number) ? Number(number) : 0;
  const delivery = (await findDelivery(db, actor, { endpointId: id, runId }, asked)) ?? notFound();
  return { endpoint, run, delivery };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id, run, number } = await params;
  const { endpoint, delivery } = await readDelivery(direction, id, run, number);
  return { title: `${delivery.key || `Record ${delivery.number}`} of ${endpoint.name}` };
}

export default async function DeliveryPage({ params }: Props) {
  const { direction, endpoint: id, run: runId, number } = await params;
  const { endpoint, run, delivery } = await readDelivery(direction, id, runId, number);
  return (
    <div className="flex flex-col gap-6">
      <BackLink
        href={runPath("destination", id, runId)}
        within={[
          endpointsCrumb("destination"),
          { href: endpointPath("destination", id), name: endpoint.name },
        ]}
      >
        {run.kind === "dry-run" ? "Dry run" : "Run"} of {endpoint.name}
      </BackLink>
      <PageHeader
        title={delivery.key || `Record ${delivery.number}`}
        lead={`Record ${delivery.number} of the ${run.kind === "dry-run" ? "dry run" : "run"}`}
      />
      <DeliveryDetails delivery={delivery} kind={run.kind} labels={fieldLabels(endpoint)} now={run.now} />
    </div>
  );
}
