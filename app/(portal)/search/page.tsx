import type { Metadata } from "next";
import { FoundList } from "@/components/portal/found-list";
import { SearchForm } from "@/components/portal/search-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/auth/require-actor";
import { database } from "@/lib/db/client";
import { searchPath, withQuery } from "@/lib/paths";
import { findAnything } from "@/lib/search/queries";
import { countOf } from "@/lib/text/count-of";
import { searchSchema } from "@/lib/text/search";
import { only, type SearchParams } from "@/lib/text/search-param";

export const metadata: Metadata = { title: "Search" };

export default async function SearchPage({ searchParams }: { searchParams: SearchParams<"q"> }) {
  const text = searchSchema.parse(only(await searchParams).q);
  const actor = await requireActor(withQuery(searchPath, { q: text }));
  const found = await findAnything(await database(), actor, text);
  return (
    <div className="flex flex-col gap-6">
      <PageHeader
        title="Search"
        lead="Credentials, sources, destinations and teams that you may see, by name, description or server."
      />
      <SearchForm
        placeholder="Name, description or server"
        text={text}
        found={text === "" ? null : countOf(found.length, "match", "matches")}
      />
      {text !== "" && found.length === 0 && (
        <EmptyState icon="search-x" title="Nothing matches">
          Nothing that you may see contains “{text}”.
        </EmptyState>
      )}
      <FoundList found={found} text={text} />
    </div>
  );
}
