import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EndpointList } from "@/components/endpoints/endpoint-list";
import { EndpointSearch } from "@/components/endpoints/endpoint-search";
import { NoEndpoints } from "@/components/endpoints/no-endpoints";
import { OnlyFailed } from "@/components/endpoints/only-failed";
import { ButtonLink } from "@/components/ui/buttons";
import { FlashMessage } from "@/components/ui/flash-message";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { listEndpoints } from "@/lib/endpoints/queries";
import { endpointFilterSchema } from "@/lib/endpoints/schema";
import { parseStart } from "@/lib/paging";
import { directionOf, pagePaths, withQuery } from "@/lib/paths";
import { listLatestRuns } from "@/lib/runs/latest";
import { foundInWords } from "@/lib/text/count-of";
import { only, type SearchParams } from "@/lib/text/search-param";

type Props = {
  params: Promise<{ direction: string }>;
  searchParams: SearchParams<"after" | "before" | "deleted" | "q" | "show" | "sort">;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const direction = directionOf((await params).direction) ?? notFound();
  return { title: words[direction].title };
}

const words = {
  source: { title: "Data sources", lead: "What you read, and with which credential." },
  destination: { title: "Data destinations", lead: "What you write to, and with which credential." },
};

export default async function EndpointsPage({ params, searchParams }: Props) {
  const { direction: segment } = await params;
  const direction = directionOf(segment) ?? notFound();
  const asked = only(await searchParams);
  const filter = endpointFilterSchema.parse(asked);
  const { q, show, sort } = filter;
  const path = `/${segment}`;
  const actor = await requireActor(withQuery(path, filter));
  const db = await database();
  const wanted = { q, sort, isToTend: show !== null };
  const page = await listEndpoints(db, actor, direction, parseStart(asked, sort), wanted);
  const ids = page.items.map(({ id }) => id);
  const runs = await listLatestRuns(db, actor, ids);
  const create = <ButtonLink href={`/${segment}/new`} look="primary">{`New data ${direction}`}</ButtonLink>;
  const hasNone = page.items.length === 0 && q === "";
  return (
    <div className="flex flex-col gap-6">
      <PageHeader {...words[direction]} action={create} />
      {asked.deleted === "1" && (
        <FlashMessage title={`The data ${direction} is deleted`} parameter="deleted" />
      )}
      {!hasNone && <EndpointSearch filter={filter} found={foundInWords(page, `data ${direction}`)} />}
      {show && <OnlyFailed direction={direction} isEmpty={hasNone} />}
      {page.items.length === 0 ? (
        (!show || q !== "") && <NoEndpoints {...{ direction, action: create }} isFiltered={q !== ""} />
      ) : (
        <EndpointList
          endpoints={page.items}
          runs={runs}
          pages={pagePaths(path, page, filter)}
          sort={sort}
          now={new Date()}
        />
      )}
    </div>
  );
}
