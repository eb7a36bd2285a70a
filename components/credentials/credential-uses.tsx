import { ArrowDownToLine, ArrowUpFromLine } from "lucide-react";
import { Section } from "@/components/ui/card";
import { OlderLink, TitleLink } from "@/components/ui/list-links";
import type { EndpointSummary } from "@/lib/endpoints/types";
import type { Page } from "@/lib/paging";
import { pathOf } from "@/lib/paths";

/** The sources and destinations that use a credential and that the user may see. */
export function CredentialUses({ uses, path }: { uses: Page<EndpointSummary>; path: string }) {
  return (
    <Section title="Used in">
      {uses.items.length === 0 ? (
        <p className="text-sm text-muted">No source or destination of yours uses it.</p>
      ) : (
        <ul className="-my-2 flex flex-col divide-y divide-line">
          {uses.items.map(({ id, direction, name }) => {
            const Icon = direction === "source" ? ArrowDownToLine : ArrowUpFromLine;
            return (
              <li key={id} className="flex items-start gap-3 py-2.5">
                <Icon aria-hidden className="mt-1 size-4 shrink-0 text-muted" />
                <span className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-4">
                  <TitleLink href={`/${pathOf(direction)}/${id}`}>{name}</TitleLink>
                  <span className="text-sm text-muted">data {direction}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      <OlderLink href={uses.next && `${path}?after=${uses.next}`} />
    </Section>
  );
}
