import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import type { DatasetSummary } from "@/lib/datasets/types";
import { isFiltered, type RecordsView } from "@/lib/datasets/view";
import type { PagePaths } from "@/lib/paths";
import { grouped } from "@/lib/text/count-of";

type Props = { dataset: DatasetSummary; view: RecordsView; isLaterPage: boolean; path: string };

/** The empty list: nothing read yet, all deleted, or nothing that matches. */
export function NoRecords({ dataset, view, isLaterPage, path }: Props) {
  if (dataset.newest === 0) {
    return (
      <EmptyState icon="database" title="No records yet">
        Records are here as soon as a run has stored its first page.
      </EmptyState>
    );
  }
  const all = <ButtonLink href={path}>Show all</ButtonLink>;
  if (isFiltered(view) || isLaterPage) {
    return (
      <EmptyState
        icon="search-x"
        title={isLaterPage ? "No further record" : "No record matches"}
        action={all}
      >
        Search looks for the text in every value. A column’s value must be the same as typed; for a date, its
        beginning is enough.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="search-x" title="No record is left on the server">
      All of them were deleted there. They can be shown with the switch above.
    </EmptyState>
  );
}

type SearchedProps = {
  count: number;
  pages: PagePaths;
  /** True if the search went back towards the beginning. */
  isBackwards: boolean;
};

/** A search that stopped before it had read all records, with the links to go on and back. */
export function SearchedPart({ count, pages: { newer, older }, isBackwards }: SearchedProps) {
  const [onward, back] = isBackwards ? [newer, older] : [older, newer];
  return (
    <Notice kind="info" title={`${grouped(count)} records were searched, and there are more`}>
      <p>A search reads {grouped(count)} records at a time, so that it does not hold up anybody else.</p>
      <div className="flex flex-wrap gap-3">
        {onward && (
          <ButtonLink href={onward}>
            Search the {isBackwards ? "previous" : "next"} {grouped(count)}
          </ButtonLink>
        )}
        {back && <ButtonLink href={back}>Back</ButtonLink>}
      </div>
    </Notice>
  );
}
