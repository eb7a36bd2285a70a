import type { ReactNode } from "react";
import { FocusedHeading } from "./focused-heading";

type Props = {
  title: string;
  lead?: ReactNode;
  action?: ReactNode;
  /** For a step of a longer way: the heading takes the focus. */
  takesFocus?: boolean;
};

/** A page's title, a sentence about it, and its main action. */
export function PageHeader({ title, lead, action, takesFocus = false }: Props) {
  const look = "text-2xl font-semibold tracking-tight break-words";
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="flex min-w-0 flex-col gap-1">
        {takesFocus ? (
          <FocusedHeading className={look}>{title}</FocusedHeading>
        ) : (
          <h1 className={look}>{title}</h1>
        )}
        {lead && <p className="max-w-2xl break-words text-muted">{lead}</p>}
      </div>
      {action}
    </header>
  );
}
