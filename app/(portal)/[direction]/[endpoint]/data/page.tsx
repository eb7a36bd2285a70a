import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DownloadLinks } from "@/components/datasets/download-links";
import { NoRecords, SearchedPart } from "@/components/datasets/no-records";
import { RecordFilterForm } from "@/components/datasets/record-filter-form";
import { RecordTable } from "@/components/datasets/record-table";
import { findDataset, listRecords } from "@/lib/datasets/queries";
import { parseView, type viewNames, viewSearch } from "@/lib/datasets/view";
import { database } from "@/lib/db/client";
import { endpointTabs } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import { EndpointFrame } from "../endpoint-frame";
import { readSource } from "../read-endpoint";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<(typeof viewNames)[number]>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: `Data of ${(await readSource(direction, id, "/data")).endpoint.name}` };
}

export default async function DataPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const { after, ...given } = only(await searchParams);
  const { actor, endpoint } = await readSource(direction, id, "/data");
  const db = await database();
  const dataset = (await findDataset(db, actor, endpoint.id)) ?? notFound();
  const { columns, deleted, newest } = dataset;
  const view = parseView(given, columns);
  const page = (await listRecords(db, actor, endpoint.id, view, after)) ?? notFound();
  const path = endpointTabs("source", endpoint.id).data;
  const next = page.next === null ? null : `${path}${viewSearch(view, page.next)}`;
  return (
    <EndpointFrame endpoint={endpoint}>
      {newest > 0 && (
        <>
          <DownloadLinks {...dataset} />
          <RecordFilterForm path={path} view={view} columns={columns} deleted={deleted} />
        </>
      )}
      {page.items.length > 0 ? (
        <RecordTable
          sourceId={endpoint.id}
          columns={columns}
          records={page.items}
          next={page.searched === null ? next : null}
          now={new Date().toISOString()}
        />
      ) : (
        page.searched === null && (
          <NoRecords dataset={dataset} view={view} isLaterPage={after !== undefined} path={path} />
        )
      )}
      {page.searched !== null && next && <SearchedPart count={page.searched} next={next} />}
    </EndpointFrame>
  );
}
