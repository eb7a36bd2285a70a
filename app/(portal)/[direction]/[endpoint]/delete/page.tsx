import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeleteEndpointForm } from "@/components/endpoints/delete-endpoint-form";
import { FedDestinations } from "@/components/endpoints/fed-destinations";
import { holdingsInWords } from "@/components/endpoints/holdings-in-words";
import { endpointsCrumb } from "@/components/portal/crumbs";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { deleteEndpointAction } from "@/lib/endpoints/actions";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import { findEndpoint } from "@/lib/endpoints/queries";
import { directionOf, endpointPath, endpointPaths } from "@/lib/paths";
import { findFed, findHoldings, findStops } from "@/lib/runs/holdings";

type Props = { params: Promise<{ direction: string; endpoint: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: `Delete data ${direction}` };
}

/** Asks for confirmation and names what will be deleted. */
export default async function DeleteEndpointPage({ params }: Props) {
  const { direction: segment, endpoint: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActor(endpointPaths(direction, id).delete);
  const endpoint = (await findEndpoint(await database(), actor, direction, id)) ?? notFound();
  const holdings = await findHoldings(await database(), actor, id);
  const fed = direction === "source" ? await findFed(await database(), actor, id) : null;
  const stops = await findStops(await database(), actor, id, "delete");
  const goes = holdings && holdingsInWords(holdings);
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={endpointPath(direction, id)} within={[endpointsCrumb(direction)]}>
        {endpoint.name}
      </BackLink>
      <PageHeader title={`Delete “${endpoint.name}”?`} lead={`A data ${direction}.`} />
      {mayOnEndpoint(endpoint.role, "delete") ? (
        <>
          <p>
            It is deleted permanently, and with it {goes && `${goes}, and `}everybody's access to it. Its
            credential stays, and so does everything on the server.
          </p>
          {fed && <FedDestinations fed={fed} />}
          <DeleteEndpointForm action={deleteEndpointAction} {...{ direction, endpointId: id, stops }} />
        </>
      ) : (
        <NotYoursToChange what={`data ${direction}`} />
      )}
    </div>
  );
}
