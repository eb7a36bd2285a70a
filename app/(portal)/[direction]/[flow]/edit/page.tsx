import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditFlowForm } from "@/components/flows/edit-flow-form";
import { NotYoursToChange } from "@/components/portal/no-access";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActorUnlessPosting } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { editFlowAction } from "@/lib/endpoints/actions";
import { mayOnFlow } from "@/lib/endpoints/policy";
import { findFlowToEdit } from "@/lib/endpoints/queries";
import { directionOf, flowPath, flowPaths } from "@/lib/paths";

type Props = { params: Promise<{ direction: string; flow: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: `Edit data ${direction}` };
}

export default async function EditFlowPage({ params }: Props) {
  const { direction: segment, flow: id } = await params;
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActorUnlessPosting(flowPaths(direction, id).edit);
  const flow = actor ? ((await findFlowToEdit(await database(), actor, direction, id)) ?? notFound()) : null;
  return (
    <div className="mx-auto flex w-full max-w-2xl flex-col gap-6">
      <BackLink href={flowPath(direction, id)}>{flow?.name ?? `Data ${direction}`}</BackLink>
      <PageHeader title={`Edit data ${direction}`} />
      {flow && !mayOnFlow(flow.role, "edit") ? (
        <NotYoursToChange what={`data ${direction}`} />
      ) : (
        <EditFlowForm action={editFlowAction} direction={direction} flowId={id} flow={flow} />
      )}
    </div>
  );
}
