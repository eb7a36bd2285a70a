import { KeyRound, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { OlderLink } from "@/components/ui/list-links";
import type { ListedCredential } from "@/lib/credentials/types";
import { credentialsPath } from "@/lib/paths";
import { CredentialRow } from "./credential-row";

type Props = { credentials: readonly ListedCredential[]; next: string | null; now: Date };

const columns = ["Name", "Server and account", "Status", "Owner", "Your role", "Used by you"];

/** Credentials, newest first: a table on wide screens, cards on narrow ones. */
export function CredentialTable({ credentials, next, now }: Props) {
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
                  className="px-4 py-2.5 font-medium first:w-[26%] first:pl-5 nth-2:w-[28%] last:w-28"
                >
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line max-lg:block">
            {credentials.map((credential) => (
              <CredentialRow key={credential.id} credential={credential} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      <OlderLink href={next} />
    </div>
  );
}

/** The empty list: no credentials yet, or none that match the filter. */
export function NoCredentials({ isFiltered, add }: { isFiltered: boolean; add: ReactNode }) {
  if (isFiltered) {
    return (
      <EmptyState
        icon={SearchX}
        title="No credential matches"
        action={<ButtonLink href={credentialsPath}>Show all</ButtonLink>}
      >
        None of the credentials that you may use fits.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={KeyRound} title="No credentials yet" action={add}>
      A credential says how to sign in to a server. Add one, or have somebody share theirs with you.
    </EmptyState>
  );
}
