import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DownloadLinks } from "@/components/datasets/download-links";
import { NoRecords, SearchedPart } from "@/components/datasets/no-records";
import { RecordFilterForm } from "@/components/datasets/record-filter-form";
import { RecordTable } from "@/components/datasets/record-table";
import { PageLinks } from "@/components/ui/list-links";
import { findDataset, listRecords } from "@/lib/datasets/queries";
import { parseView, type viewNames, viewParameters } from "@/lib/datasets/view";
import { database } from "@/lib/db/client";
import { parseKeyStart } from "@/lib/paging";
import { endpointTabs, pagePaths } from "@/lib/paths";
import { only, type SearchParams } from "@/lib/text/search-param";
import { EndpointFrame } from "../endpoint-frame";
import { readSource } from "../read-endpoint";

type Props = {
  params: Promise<{ direction: string; endpoint: string }>;
  searchParams: SearchParams<(typeof viewNames)[number] | "after" | "before">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { direction, endpoint: id } = await params;
  return { title: `Data of ${(await readSource(direction, id, "/data")).endpoint.name}` };
}

export default async function DataPage({ params, searchParams }: Props) {
  const { direction, endpoint: id } = await params;
  const { after, before, ...given } = only(await searchParams);
  const { actor, endpoint } = await readSource(direction, id, "/data");
  const db = await database();
  const dataset = (await findDataset(db, actor, endpoint.id)) ?? notFound();
  const { columns, deleted, newest } = dataset;
  const view = parseView(given, columns);
  const start = parseKeyStart({ after, before });
  const page = (await listRecords(db, actor, endpoint.id, view, start)) ?? notFound();
  const path = endpointTabs("source", endpoint.id).data;
  const pages = pagePaths(path, page, viewParameters(view));
  return (
    <EndpointFrame endpoint={endpoint}>
      {newest > 0 && (
        <>
          <DownloadLinks {...dataset} />
          <RecordFilterForm path={path} view={view} columns={columns} deleted={deleted} />
        </>
      )}
      {page.items.length > 0 && (
        <RecordTable
          sourceId={endpoint.id}
          columns={columns}
          records={page.items}
          now={new Date().toISOString()}
        />
      )}
      {page.items.length === 0 && page.searched === null && (
        <NoRecords dataset={dataset} view={view} isLaterPage={page.previous !== null} path={path} />
      )}
      {page.searched === null ? (
        <PageLinks paths={pages} isByAge={view.order === "newest"} />
      ) : (
        <SearchedPart count={page.searched} pages={pages} isBackwards={start?.isBefore ?? false} />
      )}
    </EndpointFrame>
  );
}
