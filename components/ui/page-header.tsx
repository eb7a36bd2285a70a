import { ChevronLeft } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { FocusedHeading } from "./focused-heading";

type Props = {
  title: string;
  lead?: ReactNode;
  action?: ReactNode;
  /** For a step of a wizard: the heading takes the focus. */
  takesFocus?: boolean;
};

/** A page's title, lead and main action. */
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

/** The link to the parent page, above a page's title. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="-ml-1 inline-flex min-h-6 max-w-full items-start gap-1 self-start rounded-lg text-sm text-muted underline-offset-4 hover:text-ink hover:underline"
    >
      <ChevronLeft aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span className="min-w-0 wrap-anywhere">{children}</span>
    </Link>
  );
}

/** Tabs between the pages of one part of the portal; on a narrow screen they scroll sideways. */
export function SectionTabs({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="scroll-hint -mx-4 flex gap-1 overflow-x-auto border-b border-line px-4 pb-3 sm:mx-0 sm:px-0"
    >
      {children}
    </nav>
  );
}
