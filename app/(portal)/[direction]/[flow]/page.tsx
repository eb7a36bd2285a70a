import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { FlowFacts } from "@/components/flows/flow-facts";
import { StoppedNotice } from "@/components/flows/flow-notices";
import { ManageFlow } from "@/components/flows/manage-flow";
import { UnbackedLink } from "@/components/sharing/share-links";
import { News } from "@/components/ui/news";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { checkCredentialAction } from "@/lib/credentials/actions";
import { findCheckStop } from "@/lib/credentials/check-stop";
import { database } from "@/lib/db/client";
import { activateFlowAction, pauseFlowAction } from "@/lib/endpoints/actions";
import { findFlow } from "@/lib/endpoints/queries";
import { directionOf } from "@/lib/paths";
import { countUnbacked } from "@/lib/sharing/queries";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = {
  params: Promise<{ direction: string; flow: string }>;
  searchParams: SearchParams<"edited">;
};

// Title and page need the same row: read once per request.
const readFlow = cache(async (segment: string, id: string) => {
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActor(`/${segment}/${id}`);
  const flow = (await findFlow(await database(), actor, direction, id)) ?? notFound();
  return { actor, flow };
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, flow } = await params;
  return { title: (await readFlow(direction, flow)).flow.name };
}

export default async function FlowPage({ params, searchParams }: Props) {
  const { direction, flow: id } = await params;
  const { edited } = only(await searchParams);
  const { actor, flow } = await readFlow(direction, id);
  const db = await database();
  const stop = flow.credential ? await findCheckStop(db, actor, flow.credential.id) : null;
  const unbacked = await countUnbacked(db, actor, { kind: "flow", id: flow.id });
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={`/${direction}`}>
        {direction === "sources" ? "Data sources" : "Data destinations"}
      </BackLink>
      <PageHeader
        title={flow.name}
        lead={flow.description && <span className="whitespace-pre-line">{flow.description}</span>}
        action={<ManageFlow flow={flow} pause={pauseFlowAction} activate={activateFlowAction} />}
      />
      {edited === "1" && <News title={`“${flow.name}” is saved`} parameter="edited" />}
      <StoppedNotice flow={flow} />
      <UnbackedLink thing={{ kind: "flow", id: flow.id, direction: flow.direction }} count={unbacked} />
      <FlowFacts flow={flow} now={new Date()} stop={stop} check={checkCredentialAction} />
    </div>
  );
}
