import type { Metadata } from "next";
import { RefreshWhileActive } from "@/components/runs/refresh-while-active";
import { RunList } from "@/components/runs/run-list";
import { isActive } from "@/components/runs/run-looks";
import { EmptyState } from "@/components/ui/empty-state";
import { database } from "@/lib/db/client";
import { parseStart } from "@/lib/paging";
import { endpointTabs, pagePaths } from "@/lib/paths";
import { listRuns } from "@/lib/runs/queries";

import { only, type SearchParams } from "@/lib/text/search-param";
import { EndpointFrame } from "../endpoint-frame";
import { readEndpoint } from "../read-endpoint";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<"after" | "before">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: `Runs of ${(await readEndpoint(direction, id, "/runs")).endpoint.name}` };
}

export default async function RunsPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const { actor, endpoint } = await readEndpoint(direction, id, "/runs");
  const page = await listRuns(await database(), actor, endpoint.id, parseStart(only(await searchParams)));
  return (
    <EndpointFrame endpoint={endpoint}>
      {page.items.length === 0 ? (
        <EmptyState icon="history" title="It has not run yet">
          Each run is listed here, with what it {endpoint.direction === "source" ? "read" : "sent"} and how
          long it took.
        </EmptyState>
      ) : (
        <RunList
          runs={page.items}
          pages={pagePaths(endpointTabs(endpoint.direction, endpoint.id).runs, page)}
          now={new Date()}
        />
      )}
      {page.items.some(({ state }) => isActive(state)) && <RefreshWhileActive />}
    </EndpointFrame>
  );
}
