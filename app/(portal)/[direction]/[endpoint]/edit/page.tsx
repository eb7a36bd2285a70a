import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditEndpointForm } from "@/components/endpoints/edit-endpoint-form";
import { endpointsCrumb } from "@/components/portal/crumbs";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { addressOf } from "@/lib/endpoints/choice-address";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import { findEndpointToEdit } from "@/lib/endpoints/queries";
import { directionOf, endpointPath, endpointPaths } from "@/lib/paths";
import { editEndpointAction } from "@/lib/rehearsals/actions";
import { editedDestination } from "./edited-destination";
import { editedSource } from "./edited-source";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: `Edit data ${direction}` };
}

export default async function EditEndpointPage({ params, searchParams }: Props) {
  const { direction: segment, endpoint: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  const address = addressOf(await searchParams);
  const paths = endpointPaths(direction, id);
  const actor = await requireActorUnlessPosting(address.size > 0 ? `${paths.edit}?${address}` : paths.edit);
  const endpoint = actor
    ? ((await findEndpointToEdit(await database(), actor, direction, id)) ?? notFound())
    : null;
  const destination =
    direction === "destination" ? await editedDestination(actor, endpoint, paths.editData, address) : null;
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={endpointPath(direction, id)} within={[endpointsCrumb(direction)]}>
        {endpoint?.name ?? `Data ${direction}`}
      </BackLink>
      <PageHeader title={`Edit data ${direction}`} />
      {endpoint && !mayOnEndpoint(endpoint.role, "edit") ? (
        <NotYoursToChange what={`data ${direction}`} />
      ) : (
        <EditEndpointForm
          action={editEndpointAction}
          direction={direction}
          endpointId={id}
          endpoint={endpoint}
          source={direction === "source" ? editedSource(endpoint, paths.editData, address) : null}
          destination={destination}
        />
      )}
    </div>
  );
}
