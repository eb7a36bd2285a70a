import type { ReactNode } from "react";

/** A page's title, a sentence about it, and its main action. */
export function PageHeader({ title, lead, action }: { title: string; lead?: ReactNode; action?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
      <div className="flex min-w-0 flex-col gap-1">
        <h1 className="text-2xl font-semibold tracking-tight break-words">{title}</h1>
        {lead && <p className="max-w-2xl break-words text-muted">{lead}</p>}
      </div>
      {action}
    </header>
  );
}
