import { ArrowDownToLine, ArrowUpFromLine, KeyRound } from "lucide-react";
import type { ReactNode } from "react";
import { RowList } from "@/components/ui/card";
import { classNames } from "@/components/ui/class-names";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderLink, TitleLink } from "@/components/ui/list-links";
import { TimeAgo } from "@/components/ui/time-ago";
import type { EndpointSummary } from "@/lib/endpoints/types";
import { type Direction, pathOf } from "@/lib/paths";
import { credentialInWords, EndpointCredentialState, EndpointState } from "./endpoint-state";

type Props = { endpoints: readonly EndpointSummary[]; next: string | null; now: Date };

/** Sources or destinations, newest first, each with its credential. */
export function EndpointList({ endpoints, next, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <RowList>
        {endpoints.map((endpoint) => (
          <li
            key={endpoint.id}
            className="grid gap-x-6 gap-y-3 px-5 py-4 sm:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_11rem]"
          >
            <div className="flex min-w-0 flex-col gap-0.5">
              <TitleLink href={`/${pathOf(endpoint.direction)}/${endpoint.id}`}>{endpoint.name}</TitleLink>
              {endpoint.role !== "owner" && (
                <p className="text-sm break-words text-muted">
                  Owner: {endpoint.ownerName} · you are {endpoint.role}
                </p>
              )}
              {endpoint.description && (
                <p className="line-clamp-2 text-sm break-words text-muted">{endpoint.description}</p>
              )}
            </div>
            <div className="flex min-w-0 flex-col gap-1 text-sm">
              <span className="flex min-w-0 items-start gap-1.5">
                <KeyRound aria-hidden className="mt-1 size-3.5 shrink-0 text-muted" />
                <span className={classNames("min-w-0 break-words", !endpoint.credential && "text-muted")}>
                  <span className="sr-only">Credential: </span>
                  {credentialInWords(endpoint)}
                </span>
              </span>
              {endpoint.credential && (
                <span className="break-all text-muted">{endpoint.credential.baseUrl}</span>
              )}
            </div>
            <div className="flex items-center gap-3 text-sm text-muted sm:flex-col sm:items-end sm:gap-1">
              <span className="flex flex-wrap gap-1.5 sm:justify-end">
                {(endpoint.paused || endpoint.stopped) && <EndpointState endpoint={endpoint} />}
                <EndpointCredentialState endpoint={endpoint} />
              </span>
              <span className="whitespace-nowrap">
                saved <TimeAgo at={endpoint.createdAt} now={now.toISOString()} />
              </span>
            </div>
          </li>
        ))}
      </RowList>
      <OlderLink href={next} />
    </div>
  );
}

/** The empty list. */
export function NoEndpoints({ direction, action }: { direction: Direction; action: ReactNode }) {
  const isSource = direction === "source";
  return (
    <EmptyState
      icon={isSource ? ArrowDownToLine : ArrowUpFromLine}
      title={isSource ? "No data sources yet" : "No data destinations yet"}
      action={action}
    >
      {isSource
        ? "A data source says what to read from a server, and which credential to read it with."
        : "A data destination says what to write to a server, and which credential to write it with."}
    </EmptyState>
  );
}
