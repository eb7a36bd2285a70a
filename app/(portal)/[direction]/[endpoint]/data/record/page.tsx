import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { RecordDetails } from "@/components/datasets/record-details";
import { endpointsCrumb } from "@/components/portal/crumbs";
import { BackLink, PageHeader } from "@/components/ui/page-header";
import { findDataset, findRecord } from "@/lib/datasets/queries";
import { database } from "@/lib/db/client";
import { endpointTabs } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import { readSource } from "../../read-endpoint";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<"key">;
};

// Title and page need the same row, so the row is read once per request.
const readRecord = cache(async (segment: string, id: string, key: string) => {
  const { actor } = await readSource(segment, id, `/data/record?${new URLSearchParams({ key })}`);
  const db = await database();
  const dataset = (await findDataset(db, actor, id)) ?? notFound();
  const record = (await findRecord(db, actor, id, key)) ?? notFound();
  return { dataset, record };
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  const { key = "" } = only(await searchParams);
  const { dataset, record } = await readRecord(direction, id, key);
  return { title: `${record.key} of ${dataset.name}` };
}

export default async function RecordPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const { key = "" } = only(await searchParams);
  const { dataset, record } = await readRecord(direction, id, key);
  return (
    <div className="flex flex-col gap-6">
      <BackLink href={endpointTabs("source", id).data} within={[endpointsCrumb("source")]}>
        Data of {dataset.name}
      </BackLink>
      <PageHeader
        title={record.key}
        lead={dataset.stream === null ? "A record" : `A record of “${dataset.stream}”`}
      />
      <RecordDetails sourceId={id} record={record} columns={dataset.columns} now={new Date().toISOString()} />
    </div>
  );
}
