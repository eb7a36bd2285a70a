import type { ReactNode } from "react";

/** Between the pages of one part of the portal; on a narrow screen it scrolls sideways. */
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
