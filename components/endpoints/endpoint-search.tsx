import { SearchForm } from "@/components/portal/search-form";
import { FilterSelect } from "@/components/ui/filter-select";
import type { EndpointFilter } from "@/lib/endpoints/schema";

const orders = { name: "Name", run: "Latest run" };

/** The search and the order of a list of sources or destinations. `found` says in words how many it has. */
export function EndpointSearch({
  filter: { q, show, sort },
  found,
}: {
  filter: EndpointFilter;
  found: string | null;
}) {
  const controls = <FilterSelect label="Sort by" name="sort" value={sort} none="Newest" options={orders} />;
  return (
    <SearchForm
      placeholder="Name or description"
      text={q}
      kept={{ show }}
      fields={{ values: { sort }, controls }}
      found={found}
    />
  );
}
