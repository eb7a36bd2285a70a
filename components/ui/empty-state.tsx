import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** Replaces an empty list: what will be listed, and the link to add the first item. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  action,
  isPage = false,
}: {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** True if nothing else is on the page, so that the title is the page's heading. */
  isPage?: boolean;
}) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className="flex flex-col items-center gap-3 rounded-2xl border border-dashed border-line-strong/50 px-6 py-12 text-center">
      <span className="rounded-full bg-accent-soft p-3 text-accent">
        <Icon aria-hidden className="size-6" />
      </span>
      <Title className="text-base font-semibold">{title}</Title>
      <div className="max-w-md text-sm text-muted">{children}</div>
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
