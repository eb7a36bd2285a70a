"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

type Props = {
  href: string;
  /** The prefix of the addresses that mark this link as current, if it differs from `href`. */
  section?: string;
  /** Whether addresses below `section` count as well. */
  isSection?: boolean;
  children: ReactNode;
};

/** A navigation link that is marked as current on the pages of its section. */
export function NavLink({ href, section = href, isSection = true, children }: Props) {
  const pathname = usePathname();
  const isHere = pathname === section || (isSection && pathname.startsWith(`${section}/`));
  const link = useRef<HTMLAnchorElement>(null);

  // On a narrow screen the navigation scrolls sideways, and the current link may be out of view.
  useEffect(() => {
    const { current } = link;
    const navigation = current?.parentElement;
    if (!isHere || !current || !navigation) return;
    const hidden = current.getBoundingClientRect().right - navigation.getBoundingClientRect().right;
    if (hidden > 0) navigation.scrollLeft += hidden + 16;
  }, [isHere]);

  return (
    <Link
      ref={link}
      href={href}
      // Not prefetched: pages are made per user and moment, and most are never opened.
      prefetch={false}
      aria-current={isHere ? "page" : undefined}
      className="shrink-0 rounded-lg px-1.5 py-1.5 sm:px-3 text-sm font-medium text-muted transition-colors hover:bg-sunken hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent"
    >
      {children}
    </Link>
  );
}
