import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditEndpointForm } from "@/components/endpoints/edit-endpoint-form";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { editEndpointAction } from "@/lib/endpoints/actions";
import { mayOnEndpoint } from "@/lib/endpoints/policy";
import { findEndpointToEdit } from "@/lib/endpoints/queries";
import { directionOf, endpointPath, endpointPaths } from "@/lib/paths";

type Props = { params: Promise<{ direction: string; endpoint: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: `Edit data ${direction}` };
}

export default async function EditEndpointPage({ params }: Props) {
  const { direction: segment, endpoint: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActorUnlessPosting(endpointPaths(direction, id).edit);
  const endpoint = actor
    ? ((await findEndpointToEdit(await database(), actor, direction, id)) ?? notFound())
    : null;
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={endpointPath(direction, id)}>{endpoint?.name ?? `Data ${direction}`}</BackLink>
      <PageHeader title={`Edit data ${direction}`} />
      {endpoint && !mayOnEndpoint(endpoint.role, "edit") ? (
        <NotYoursToChange what={`data ${direction}`} />
      ) : (
        <EditEndpointForm
          action={editEndpointAction}
          direction={direction}
          endpointId={id}
          endpoint={endpoint}
        />
      )}
    </div>
  );
}
