import type { ReactNode } from "react";
import { ButtonLink } from "@/components/ui/buttons";
import { EmptyState } from "@/components/ui/empty-state";
import { type Direction, pathOf } from "@/lib/paths";

type Props = { direction: Direction; action: ReactNode; isFiltered: boolean };

/** The empty list: none yet, or none that match the search. */
export function NoEndpoints({ direction, action, isFiltered }: Props) {
  const isSource = direction === "source";
  if (isFiltered) {
    return (
      <EmptyState
        icon="search-x"
        title={`No data ${direction} matches`}
        action={<ButtonLink href={`/${pathOf(direction)}`}>Show all</ButtonLink>}
      >
        None of those that you see has this text in its name or description.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={isSource ? "arrow-down-to-line" : "arrow-up-from-line"}
      title={isSource ? "No data sources yet" : "No data destinations yet"}
      action={action}
    >
      {isSource
        ? "A data source says what to read from a server, and which credential to read it with."
        : "A data destination says what to write to a server, and which credential to write it with."}
    </EmptyState>
  );
}
