"use client";

import { countsInWords } from "@/components/endpoints/stops-in-words";
import { Section } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { PageLinks, TitleLink } from "@/components/ui/list-links";
import type { EndpointSummary, Stops, LastUse as Use } from "@/lib/endpoints/types";
import type { Page } from "@/lib/paging";
import { pagePaths, pathOf } from "@/lib/paths";
import { countOf } from "@/lib/text/count-of";
import { LastUse } from "./last-use";

type Props = {
  uses: Page<EndpointSummary>;
  /** Those that the user may not see. */
  hidden: Stops;
  lastUse: Use | null;
  path: string;
  now: Date;
};

/** The sources and destinations that use a credential: those that the user may see, and how many others there are. */
export function CredentialUses({ uses, hidden, lastUse, path, now }: Props) {
  return (
    <Section title="Used in">
      {uses.items.length === 0 ? (
        <p className="text-sm text-muted">No source or destination of yours uses it.</p>
      ) : (
        <ul className="-my-2 flex flex-col divide-y divide-line">
          {uses.items.map(({ id, direction, name }) => {
            const icon = direction === "source" ? "arrow-down-to-line" : "arrow-up-from-line";
            return (
              <li key={id} className="flex items-start gap-3 py-2.5">
                <Icon name={icon} className="mt-1 size-4 shrink-0 text-muted" />
                <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4">
                  <TitleLink href={`/${pathOf(direction)}/${id}`}>{name}</TitleLink>
                  <span className="text-sm text-muted">data {direction}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {hidden.users > 0 && (
        <p className="text-sm text-muted">
          Also used by {countsInWords(hidden)} of {countOf(hidden.users, "person", "people")}, which you may
          not see.
        </p>
      )}
      <LastUse use={lastUse} now={now.toISOString()} />
      <PageLinks paths={pagePaths(path, uses)} />
    </Section>
  );
}
