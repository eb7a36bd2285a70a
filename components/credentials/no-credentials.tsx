import { KeyRound, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { credentialsPath } from "@/lib/paths";

/** The list where there is nothing to list: not yet, or not with this filter. */
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
