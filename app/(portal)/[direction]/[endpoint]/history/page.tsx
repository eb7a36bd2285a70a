import type { Metadata } from "next";
import { EventList } from "@/components/audit/event-list";
import { EmptyState } from "@/components/ui/empty-state";
import { parseEventStart } from "@/lib/audit/cursor";
import { database } from "@/lib/db/client";
import { listEndpointHistory } from "@/lib/history/endpoint-history";
import { endpointTabs, pagePaths } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import { EndpointFrame } from "../endpoint-frame";
import { readEndpoint } from "../read-endpoint";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<"after" | "before">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: `History of ${(await readEndpoint(direction, id, "/history")).endpoint.name}` };
}

export default async function EndpointHistoryPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const { actor, endpoint } = await readEndpoint(direction, id, "/history");
  const start = parseEventStart(only(await searchParams));
  const page = await listEndpointHistory(await database(), actor, endpoint.id, start);
  return (
    <EndpointFrame endpoint={endpoint}>
      {page.items.length === 0 ? (
        <EmptyState icon="scroll-text" title="No older events">
          What happens to this data {endpoint.direction} is written here as it happens.
        </EmptyState>
      ) : (
        <EventList
          events={page.items}
          now={new Date().toISOString()}
          paths={pagePaths(endpointTabs(endpoint.direction, endpoint.id).history, page)}
          narrowTo={null}
          isOfOneThing
        />
      )}
    </EndpointFrame>
  );
}
