import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeleteFlowForm } from "@/components/flows/delete-flow-form";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { deleteFlowAction } from "@/lib/endpoints/actions";
import { mayOnFlow } from "@/lib/endpoints/policy";
import { findFlow } from "@/lib/endpoints/queries";
import { directionOf, flowPath, flowPaths } from "@/lib/paths";

type Props = { params: Promise<{ direction: string; flow: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: `Delete data ${direction}` };
}

/** Names what goes, before it goes. */
export default async function DeleteFlowPage({ params }: Props) {
  const { direction: segment, flow: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActor(flowPaths(direction, id).delete);
  const flow = (await findFlow(await database(), actor, direction, id)) ?? notFound();
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={flowPath(direction, id)}>{flow.name}</BackLink>
      <PageHeader title={`Delete “${flow.name}”?`} lead={`A data ${direction}.`} />
      {mayOnFlow(flow.role, "delete") ? (
        <>
          <p>
            It goes for good, and with it everybody's access to it. Its credential stays, and so does
            everything on the server.
          </p>
          <DeleteFlowForm action={deleteFlowAction} direction={direction} flowId={id} />
        </>
      ) : (
        <NotYoursToChange what={`data ${direction}`} />
      )}
    </div>
  );
}
