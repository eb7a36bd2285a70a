import { ArrowDownToLine, ArrowUpFromLine } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "@/components/ui/empty-state";
import type { Direction } from "@/lib/paths";

/** The list before its first entry. */
export function NoFlows({ direction, action }: { direction: Direction; action: ReactNode }) {
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
