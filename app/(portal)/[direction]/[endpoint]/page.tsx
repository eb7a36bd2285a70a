import type { Metadata } from "next";
import { EndpointDetails } from "@/components/endpoints/endpoint-details";
import { SavedEndpointNotice, StoppedNotice } from "@/components/endpoints/endpoint-notices";
import { UnbackedLink } from "@/components/sharing/share-links";
import { FlashMessage } from "@/components/ui/flash-message";
import { checkCredentialAction } from "@/lib/credentials/actions";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { database } from "@/lib/db/client";
import { countUnbacked } from "@/lib/sharing/queries";
import { only, type SearchParams } from "@/lib/text/search-param";
import { DestinationOverview } from "./destination-overview";
import { EndpointFrame } from "./endpoint-frame";
import { readEndpoint } from "./read-endpoint";
import { SourceOverview } from "./source-overview";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<"edited" | "saved" | "tried">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: (await readEndpoint(direction, id, "")).endpoint.name };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const { edited, saved, tried } = only(await searchParams);
  const { actor, endpoint } = await readEndpoint(direction, id, "");
  const db = await database();
  const stop = endpoint.credential ? await findCheckStop(db, actor, endpoint.credential.id) : null;
  const unbacked = await countUnbacked(db, actor, { kind: "endpoint", id: endpoint.id });
  const details = (
    <EndpointDetails endpoint={endpoint} now={new Date()} stop={stop} check={checkCredentialAction} />
  );
  return (
    <EndpointFrame endpoint={endpoint}>
      {edited === "1" && (
        <FlashMessage title={`“${endpoint.name}” is saved`} parameter="edited">
          {tried === "1" && <p>It was tried with its new credential and will go on.</p>}
        </FlashMessage>
      )}
      {saved === "1" && <SavedEndpointNotice endpoint={endpoint} />}
      <StoppedNotice endpoint={endpoint} />
      <UnbackedLink
        thing={{ kind: "endpoint", id: endpoint.id, direction: endpoint.direction }}
        count={unbacked}
      />
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        {endpoint.direction === "source" ? (
          <SourceOverview actor={actor} source={endpoint} />
        ) : (
          <DestinationOverview actor={actor} destination={endpoint} />
        )}
        {details}
      </div>
    </EndpointFrame>
  );
}
