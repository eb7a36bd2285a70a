import type { ReactNode } from "react";
import { ButtonLink, buttonStyle } from "@/components/ui/buttons";
import { Section } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { deliveryFormats } from "@/lib/deliveries/download/formats";
import { resultsPath } from "@/lib/deliveries/paths";
import type { DeliveriesPage, ResultCounts } from "@/lib/deliveries/types";
import { type DeliveriesView, type Place, viewSearch } from "@/lib/deliveries/view";
import type { RunSummary } from "@/lib/runs/types";
import { isActive } from "../runs/run-looks";
import { ResultFilter } from "./result-filter";
import { ResultTable } from "./result-table";

type Props = {
  /** The page that shows the list. */
  path: string;
  run: RunSummary;
  view: DeliveriesView;
  page: DeliveriesPage;
  counts: ResultCounts;
  labels: ReadonlyMap<string, string>;
  /** In days. */
  keptFor: number;
  now: string;
  /** What can be done with the records of the list. */
  actions?: ReactNode;
};

/** The records of a destination's run: filter, table, pages and downloads. */
export function ResultSection({ path, run, view, page, counts, labels, keptFor, now, actions }: Props) {
  const of = { endpointId: run.endpointId, runId: run.id };
  const href = (place: Place) => `${path}${viewSearch(view, place)}`;
  return (
    <Section title="Results" aside={`kept for ${keptFor} days`}>
      <ResultFilter path={path} kind={run.kind} view={view} counts={counts} />
      {page.items.length > 0 ? (
        <ResultTable of={of} kind={run.kind} items={page.items} labels={labels} now={now} />
      ) : (
        <NoResults run={run} view={view} path={path} />
      )}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <ul aria-label="Download" className="flex flex-wrap gap-2">
          {deliveryFormats.map((format) => (
            <li key={format}>
              <a
                download
                href={resultsPath(of, format, viewSearch(view))}
                className={buttonStyle("secondary")}
              >
                <Icon name="download" className="size-4" />
                {format.toUpperCase()}
              </a>
            </li>
          ))}
        </ul>
        {(page.previous !== null || page.next !== null) && (
          <nav aria-label="Pages of results" className="flex flex-wrap gap-2">
            {page.previous !== null && (
              <ButtonLink href={href({ before: page.previous })}>Previous</ButtonLink>
            )}
            {page.next !== null && <ButtonLink href={href({ after: page.next })}>Next page</ButtonLink>}
          </nav>
        )}
      </div>
      {actions}
    </Section>
  );
}

function NoResults({ run, view, path }: Pick<Props, "run" | "view" | "path">) {
  const isNarrowed = view.result !== null || view.key !== "";
  const icon = isNarrowed ? "search-x" : "list-x";
  const words = isNarrowed
    ? "No record matches. A search finds keys that begin as typed, in the same letters."
    : isActive(run.state)
      ? "The first records are here as soon as they are taken."
      : run.deliveries.taken > 0
        ? "The records of this run are not kept any more. Its numbers stay."
        : "There was no record to send.";
  return (
    <div className="flex flex-col items-center gap-3 rounded-xl border border-dashed border-line-strong/50 px-6 py-10 text-center text-sm text-muted">
      <Icon name={icon} className="size-6" />
      <p className="max-w-md">{words}</p>
      {isNarrowed && <ButtonLink href={path}>Show all</ButtonLink>}
    </div>
  );
}
