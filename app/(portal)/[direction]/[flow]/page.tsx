import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { FlowFacts } from "@/components/flows/flow-facts";
import { LostCredentialNotice } from "@/components/flows/lost-credential-notice";
import { BackLink } from "@/components/ui/back-link";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { directionOf } from "@/lib/connectors";
import { checkCredentialAction } from "@/lib/credentials/actions";
import { database } from "@/lib/db/client";
import { findFlow } from "@/lib/flows/queries";

type Props = { params: Promise<{ direction: string; flow: string }> };

// Title and page need the same row: read once per request.
const readFlow = cache(async (segment: string, id: string) => {
  const direction = directionOf(segment) ?? notFound();
  const actor = await requireActor(`/${segment}/${id}`);
  return (await findFlow(await database(), actor, direction, id)) ?? notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, flow } = await params;
  return { title: (await readFlow(direction, flow)).name };
}

export default async function FlowPage({ params }: Props) {
  const { direction, flow: id } = await params;
  const flow = await readFlow(direction, id);
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={`/${direction}`}>
        {direction === "sources" ? "Data sources" : "Data destinations"}
      </BackLink>
      <PageHeader title={flow.name} lead={flow.description} />
      <LostCredentialNotice flow={flow} />
      <FlowFacts flow={flow} now={new Date()} check={checkCredentialAction} />
    </div>
  );
}
