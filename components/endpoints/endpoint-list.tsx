import { RowList } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { Icon } from "@/components/ui/icon";
import { PageLinks, RowLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { EndpointSort, EndpointSummary } from "@/lib/endpoints/types";
import { type PagePaths, pathOf } from "@/lib/paths";
import type { LatestRun } from "@/lib/runs/latest";
import { countOf } from "@/lib/text/count-of";
import {
  credentialInWords,
  EndpointCredentialState,
  EndpointRunState,
  EndpointState,
} from "./endpoint-state";

type Props = {
  endpoints: readonly EndpointSummary[];
  /** The newest runs, by the ids of their sources and destinations. */
  runs?: ReadonlyMap<string, LatestRun>;
  pages: PagePaths;
  sort: EndpointSort;
  now: Date;
};

/** Sources or destinations, each with its credential. */
export function EndpointList({ endpoints, runs, pages, sort, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList data-matches>
        {endpoints.map((endpoint) => (
          <li
            key={endpoint.id}
            className="linked-row grid gap-x-6 gap-y-3 px-5 py-4 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_11rem] lg:min-h-11 lg:items-center lg:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_10rem_15rem] lg:py-1"
          >
            <div className="flex min-w-0 flex-col gap-0.5 lg:gap-0">
              <RowLink href={`/${pathOf(endpoint.direction)}/${endpoint.id}`} title={endpoint.name}>
                {endpoint.name}
              </RowLink>
              {(endpoint.role !== "owner" || endpoint.description) && (
                <p className="row-second flex flex-col gap-0.5 text-muted max-lg:text-sm">
                  {endpoint.role !== "owner" && (
                    <span className="max-lg:break-words">
                      Owner: {endpoint.ownerName} · you are {endpoint.role}{" "}
                    </span>
                  )}
                  {endpoint.description && (
                    <span className="max-lg:line-clamp-2 max-lg:break-words">{endpoint.description}</span>
                  )}
                </p>
              )}
            </div>
            <div className="flex min-w-0 flex-col gap-1 text-sm lg:gap-0">
              <span className="flex min-w-0 items-start gap-1.5 lg:h-5">
                <Icon name="key-round" className="mt-1 size-3.5 shrink-0 text-muted" />
                <span
                  className={classNames(
                    "row-first min-w-0 max-lg:break-words",
                    !endpoint.credential && "text-muted",
                  )}
                >
                  <span className="sr-only">Credential: </span>
                  {credentialInWords(endpoint)}
                </span>
              </span>
              {endpoint.credential && (
                <span className="row-second text-muted max-lg:break-all">{endpoint.credential.baseUrl}</span>
              )}
            </div>
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1 sm:flex-col sm:items-end lg:contents">
              <LastRun endpoint={endpoint} run={runs?.get(endpoint.id)} now={now} />
              <span className="flex flex-wrap items-start gap-1.5 sm:justify-end">
                {(endpoint.paused || endpoint.stopped || endpoint.refused) && (
                  <EndpointState endpoint={endpoint} />
                )}
                <EndpointCredentialState endpoint={endpoint} />
                <EndpointRunState run={runs?.get(endpoint.id)} />
              </span>
            </div>
          </li>
        ))}
      </RowList>
      <PageLinks paths={pages} isByAge={sort === null} />
    </div>
  );
}

type LastRunProps = { endpoint: EndpointSummary; run: LatestRun | undefined; now: Date };

/** When it ran last, and the records of a source; before its first run, when it was saved. */
function LastRun({ endpoint, run, now }: LastRunProps) {
  return (
    <p className="text-sm text-muted tabular-nums">
      <span className="row-first">
        {run ? "last run" : "saved"}{" "}
        <TimeAgo at={run?.createdAt ?? endpoint.createdAt} now={now.toISOString()} />
      </span>
      {run && endpoint.direction === "source" && (
        <>
          <span className="lg:hidden"> · </span>
          <span className="row-second">{countOf(run.records, "record")}</span>
        </>
      )}
    </p>
  );
}
