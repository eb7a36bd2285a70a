"use client";

import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { PageLinks } from "@/components/ui/list-links";
import type { CredentialSort } from "@/lib/credentials/types";
import { credentialsPath, type PagePaths } from "@/lib/paths";
import { CredentialRow } from "./credential-row";
import type { ShownRow } from "./shown-tile";

type Props = {
  credentials: readonly ShownRow[];
  pages: PagePaths;
  sort: CredentialSort;
  /** ISO 8601. */
  now: string;
};

const columns = ["Name", "Server and account", "Status", "Owner", "Your role", "Used by you"];

/**
 * Credentials: a table on wide screens, cards on narrow ones. A client component, so that the page carries
 * their data to the browser and not, a second time, their markup.
 */
export function CredentialTable({ credentials, pages, sort, now }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <div className="overflow-hidden rounded-2xl border border-line bg-surface shadow-rest">
        <table aria-label="Credentials" className="w-full table-fixed text-sm max-lg:block">
          <thead className="bg-sunken text-left text-muted max-lg:sr-only">
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  className="px-4 py-2.5 font-medium first:w-[24%] first:pl-5 nth-2:w-[24%] nth-3:w-[17%] last:w-32"
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody data-matches className="divide-y divide-line max-lg:block">
            {credentials.map((credential) => (
              <CredentialRow key={credential.id} credential={credential} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      <PageLinks paths={pages} isByAge={sort === null} />
    </div>
  );
}

/** The empty list: no credentials yet, or none that match the filter. */
export function NoCredentials({ isFiltered, add }: { isFiltered: boolean; add: ReactNode }) {
  if (isFiltered) {
    return (
      <EmptyState
        icon="search-x"
        title="No credential matches"
        action={<ButtonLink href={credentialsPath}>Show all</ButtonLink>}
      >
        None of the credentials that you may use fits.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="key-round" title="No credentials yet" action={add}>
      A credential says how to sign in to a server. Add one, or ask a colleague to share theirs with you.
    </EmptyState>
  );
}
