import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EndpointList, NoEndpoints } from "@/components/endpoints/endpoint-list";
import { SavedEndpointNotice } from "@/components/endpoints/endpoint-notices";
import { ButtonLink } from "@/components/ui/buttons";
import { FlashMessage } from "@/components/ui/flash-message";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { findEndpoint, listEndpoints } from "@/lib/endpoints/queries";
import { parseCursor } from "@/lib/paging";
import { directionOf } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = {
  params: Promise<{ direction: string }>;
  searchParams: SearchParams<"after" | "saved" | "deleted">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: direction === "source" ? "Data sources" : "Data destinations" };
}

export default async function EndpointsPage({ params, searchParams }: Props) {
  const { direction: segment } = await params;
  const direction = directionOf(segment) ?? notFound();
  const { after, saved, deleted } = only(await searchParams);
  const actor = await requireActor(`/${segment}`);
  const db = await database();
  const [page, savedEndpoint] = await Promise.all([
    listEndpoints(db, actor, direction, parseCursor(after)),
    saved ? findEndpoint(db, actor, direction, saved) : null,
  ]);
  const create = (
    <ButtonLink href={`/${segment}/new`} look="primary">
      New data {direction}
    </ButtonLink>
  );
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title={direction === "source" ? "Data sources" : "Data destinations"}
        lead={
          direction === "source"
            ? "What you read, and with which credential."
            : "What you write to, and with which credential."
        }
        action={create}
      />
      {savedEndpoint && <SavedEndpointNotice endpoint={savedEndpoint} />}
      {deleted === "1" && <FlashMessage title={`The data ${direction} is deleted`} parameter="deleted" />}
      {page.items.length === 0 && !after ? (
        <NoEndpoints direction={direction} action={create} />
      ) : (
        <EndpointList
          endpoints={page.items}
          next={page.next ? `/${segment}?after=${page.next}` : null}
          now={new Date()}
        />
      )}
    </div>
  );
}
