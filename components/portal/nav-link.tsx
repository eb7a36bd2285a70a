"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type Props = {
  href: string;
  /** The beginning of every address that the link stands for, where it is not the link's own. */
  section?: string;
  /** Whether the link stands for the addresses below it as well. */
  isSection?: boolean;
  children: ReactNode;
};

/** A link of a navigation that says when one is inside what it names. */
export function NavLink({ href, section = href, isSection = true, children }: Props) {
  const pathname = usePathname();
  const isHere = pathname === section || (isSection && pathname.startsWith(`${section}/`));
  return (
    <Link
      href={href}
      // Not fetched ahead: a page is made for one person at one moment, and most are never opened.
      prefetch={false}
      aria-current={isHere ? "page" : undefined}
      className="shrink-0 rounded-lg px-3 py-1.5 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
    >
      {children}
    </Link>
  );
}
