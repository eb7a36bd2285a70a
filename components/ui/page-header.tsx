import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { FocusedHeading } from "./focused-heading";
import { Link } from "./link";

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

type BackProps = {
  href: string;
  children: ReactNode;
  /** The pages above the parent, the outermost first: on wide screens they stand before it. */
  within?: readonly { readonly href: string; readonly name: string }[];
};

/** The way back, above a page's title: the parent page, and the pages above it. */
export function BackLink({ href, children, within = [] }: BackProps) {
  const link = "min-w-0 rounded-lg underline-offset-4 wrap-anywhere hover:text-ink hover:underline";
  return (
    <nav aria-label="Breadcrumb" className="self-start text-sm text-muted">
      <ol className="-ml-1 flex flex-wrap items-start gap-x-1">
        <li aria-hidden className="grid min-h-6 place-items-center">
          <Icon name="chevron-left" className="size-4 shrink-0" />
        </li>
        {within.map(({ href: above, name }) => (
          <li key={above} className="flex min-h-6 items-center gap-1 max-sm:hidden">
            <Link href={above} className={link}>
              {name}
            </Link>
            <span aria-hidden>/</span>
          </li>
        ))}
        <li className="flex min-h-6 min-w-0 items-center">
          <Link href={href} className={link}>
            {children}
          </Link>
        </li>
      </ol>
    </nav>
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
