import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { EndpointDetails } from "@/components/endpoints/endpoint-details";
import { StoppedNotice } from "@/components/endpoints/endpoint-notices";
import { ManageEndpoint } from "@/components/endpoints/manage-endpoint";
import { UnbackedLink } from "@/components/sharing/share-links";
import { FlashMessage } from "@/components/ui/flash-message";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { checkCredentialAction } from "@/lib/credentials/actions";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { database } from "@/lib/db/client";
import { activateEndpointAction, pauseEndpointAction } from "@/lib/endpoints/actions";
import { findEndpoint } from "@/lib/endpoints/queries";
import { directionOf } from "@/lib/paths";
import { countUnbacked } from "@/lib/sharing/queries";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<"edited">;
};

// Title and page need the same row, so the row is read once per request.
const readEndpoint = cache(async (segment: string, id: string) => {
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActor(`/${segment}/${id}`);
  const endpoint = (await findEndpoint(await database(), actor, direction, id)) ?? notFound();
  return { actor, endpoint };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint } = await params;
  return { title: (await readEndpoint(direction, endpoint)).endpoint.name };
}

export default async function EndpointPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const { edited } = only(await searchParams);
  const { actor, endpoint } = await readEndpoint(direction, id);
  const db = await database();
  const stop = endpoint.credential ? await findCheckStop(db, actor, endpoint.credential.id) : null;
  const unbacked = await countUnbacked(db, actor, { kind: "endpoint", id: endpoint.id });
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={`/${direction}`}>
        {direction === "sources" ? "Data sources" : "Data destinations"}
      </BackLink>
      <PageHeader
        title={endpoint.name}
        lead={endpoint.description && <span className="whitespace-pre-line">{endpoint.description}</span>}
        action={
          <ManageEndpoint endpoint={endpoint} pause={pauseEndpointAction} activate={activateEndpointAction} />
        }
      />
      {edited === "1" && <FlashMessage title={`“${endpoint.name}” is saved`} parameter="edited" />}
      <StoppedNotice endpoint={endpoint} />
      <UnbackedLink
        thing={{ kind: "endpoint", id: endpoint.id, direction: endpoint.direction }}
        count={unbacked}
      />
      <EndpointDetails endpoint={endpoint} now={new Date()} stop={stop} check={checkCredentialAction} />
    </div>
  );
}
