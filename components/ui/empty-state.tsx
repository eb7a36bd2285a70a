import type { ReactNode } from "react";
import { Icon, type IconName } from "@/components/ui/icon";

/** Rows that are not there yet, with the list's sign before them. */
function EmptyPicture({ children }: { children: ReactNode }) {
  return (
    <span className="relative mb-1 flex h-20 w-48 items-center justify-center">
      <svg aria-hidden viewBox="0 0 192 80" className="absolute inset-0 fill-surface stroke-line">
        <rect x="28.5" y="0.5" width="135" height="25" rx="7" className="opacity-50" />
        <rect x="28.5" y="54.5" width="135" height="25" rx="7" className="opacity-50" />
        <rect x="8.5" y="22.5" width="175" height="35" rx="9" />
        <g className="fill-line stroke-none">
          <rect x="22" y="32" width="16" height="16" rx="4" />
          <rect x="46" y="33" width="24" height="5" rx="2.5" />
          <rect x="46" y="43" width="18" height="4" rx="2" className="opacity-60" />
          <rect x="128" y="33" width="42" height="5" rx="2.5" />
          <rect x="142" y="43" width="28" height="4" rx="2" className="opacity-60" />
        </g>
      </svg>
      <span className="relative rounded-full bg-accent-soft p-3 text-accent ring-4 ring-surface">
        {children}
      </span>
    </span>
  );
}

/** Replaces an empty list: what will be listed, and the link to add the first item. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  isPage = false,
}: {
  icon: IconName;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** True if nothing else is on the page, so that the title is the page's heading. */
  isPage?: boolean;
}) {
  const Title = isPage ? "h1" : "h2";
  return (
    <div className="flex flex-col items-center gap-3 rounded-2xl border border-dashed border-line-strong/50 px-6 py-12 text-center">
      <EmptyPicture>
        <Icon name={icon} className="size-6" />
      </EmptyPicture>
      <Title className="text-base font-semibold">{title}</Title>
      <div className="max-w-md text-sm text-balance text-muted">{children}</div>
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
